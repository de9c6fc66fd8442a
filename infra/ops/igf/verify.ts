import { readFileSync } from 'node:fs';
import { operationName } from '../../../lib/igf/endpoint.ts';
import { type Command, CommandError } from '../command.ts';
import { readOpenApi } from './openapi.ts';
import { type Verification, verify } from './verification.ts';

/** Compares what the client believes of IGF with the vendor's own OpenAPI file. */
export const igfVerify: Command = {
  name: 'igf verify',
  positionals: ['<openapi.json>'],
  summary: "compares the client's operations and schemas with IGF's OpenAPI file",
  details: `The file is what IGF's API page offers for download ("Download OpenAPI specification"). Operations are found by their
title, else by method and path. Each difference is one line; where method or path differ, the setting "igfPaths" that
follows the file is printed too. Exit code 0: no difference, 1: differences, or the file can't be read.`,
  async run({ positionals: [fileName = ''] }, print) {
    const verification = verify(readOpenApi(textOf(fileName), fileName));
    for (const line of report(verification)) print(line);
    return verification.differing.length + verification.missing.length + verification.unknown.length > 0
      ? 1
      : 0;
  },
};

function report({ differing, matched, missing, unknown, corrections }: Verification): string[] {
  return [
    ...differing.flatMap(({ operation, differences }) => [
      `${operation.number}. ${operation.name}, ${operationName(operation)} (${operation.evidence})`,
      ...differences.map((difference) => `     ${difference}`),
    ]),
    ...missing.map(
      (operation) => `${operation.number}. ${operation.name}, ${operationName(operation)}: not in the file`,
    ),
    ...unknown.map(
      (inFile) => `${operationName(inFile)}${inFile.title && ` ("${inFile.title}")`}: not in the table`,
    ),
    `${matched} operations compared, ${differing.length} differ; ${missing.length} of the table are not in the file, ` +
      `${unknown.length} of the file not in the table.`,
    ...(Object.keys(corrections).length > 0
      ? [
          'Set in the stage’s block of cdk.json to follow the file:',
          `  "igfPaths": ${JSON.stringify(corrections)}`,
        ]
      : []),
  ];
}

function textOf(fileName: string): string {
  try {
    return readFileSync(fileName, 'utf8');
  } catch (error) {
    const code = Object(error).code;
    throw new CommandError(
      code === 'ENOENT' ? `There is no file ${fileName}.` : `${fileName} can't be read (${code}).`,
    );
  }
}
