import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { operationName } from '../../../lib/igf/endpoint.ts';
import { callerPath } from '../../cli/caller-path.ts';
import { CommandError } from '../../cli/command-line.ts';
import { defineCommand } from '../command.ts';
import { compareOperations, readOpenApi } from '../igf/openapi.ts';
import { list, number, text } from '../result-fields.ts';

const route = text('method and path');
const operation = { number: number('as docs/igf.md counts'), name: text('as docs/igf.md names it') };

const Compared = z.object({
  matched: number('operations that are in the table and in the file'),
  differing: list(
    { ...operation, here: route, evidence: text('where the path of the table is from'), inFile: route },
    'those of them with another method or path',
  ),
  onlyHere: list({ ...operation, here: route }, 'operations that are not in the file'),
  onlyInFile: list(
    { inFile: route, title: text('as the file names it') },
    'operations that are not in the table',
  ),
  igfPaths: z
    .record(z.string(), text('its method and path'))
    .meta({ description: 'the setting that follows the file, by the name of an operation' }),
});

export const verifyCommand = defineCommand<object, typeof Compared>({
  name: 'verify',
  summary: "compare the client's methods and paths with IGF's OpenAPI file",
  description: `Most methods and paths of the client are inferred. This compares them with those of the file.
    It finds an operation by its title, or by its method and path. Where they differ it also prints the
    setting "igfPaths" that follows the file.`,
  exit1: 'there are differences',
  examples: ['npx bridge igf verify openapi.json'],
  result: Compared,
  parameters: (command) =>
    command.argument(
      '<file>',
      'the OpenAPI file as JSON ("Download OpenAPI specification" on IGF\'s API page)',
    ),
  run(_context, fileName: string) {
    const compared = compareOperations(readOpenApi(readText(fileName), fileName));
    const { differing, matched, missing, unknown, corrections } = compared;
    return {
      result: {
        matched,
        differing: differing.map(({ operation, inFile }) => ({
          ...{ number: operation.number, name: operation.name, here: operationName(operation) },
          ...{ evidence: operation.evidence, inFile: operationName(inFile) },
        })),
        onlyHere: missing.map((one) => ({ number: one.number, name: one.name, here: operationName(one) })),
        onlyInFile: unknown.map((one) => ({ inFile: operationName(one), title: one.title })),
        igfPaths: corrections,
      },
      exitCode: differing.length + missing.length + unknown.length > 0 ? 1 : 0,
    };
  },
  format: ({ matched, differing, onlyHere, onlyInFile, igfPaths }) => [
    ...differing.map(
      ({ number, name, here, evidence, inFile }) =>
        `${number}. ${name}: ${here} here (${evidence}), ${inFile} in the file`,
    ),
    ...onlyHere.map(({ number, name, here }) => `${number}. ${name}: ${here} is not in the file`),
    ...onlyInFile.map(
      ({ inFile, title }) => `${inFile}${title && ` ("${title}")`} is in the file, but not in our table`,
    ),
    `${matched} operations compared, ${differing.length} differ; ` +
      `${onlyHere.length} are only in our table, ${onlyInFile.length} only in the file.`,
    ...(Object.keys(igfPaths).length > 0
      ? [
          "To follow the file, set in the stage's block of cdk.json:",
          `  "igfPaths": ${JSON.stringify(igfPaths)}`,
        ]
      : []),
  ],
});

function readText(fileName: string): string {
  try {
    return readFileSync(callerPath(fileName), 'utf8');
  } catch (error) {
    const code = Object(error).code;
    if (code === 'ENOENT') throw new CommandError(`There is no file ${fileName}.`);
    throw new CommandError(`${fileName} can't be read (${code}).`);
  }
}
