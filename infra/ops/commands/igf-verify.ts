import { readFileSync } from 'node:fs';
import { operationName } from '../../../lib/igf/endpoint.ts';
import { CommandError } from '../../cli/command-line.ts';
import { defineCommand } from '../command.ts';
import { type Comparison, compareOperations } from '../igf/compare-operations.ts';
import { readOpenApi } from '../igf/openapi.ts';

export const verify = defineCommand({
  name: 'verify',
  summary: "compare the client's methods and paths with IGF's OpenAPI file",
  description: `Most methods and paths of the client are inferred. This compares them with those of the file. It finds an
    operation by its title, or by its method and path. Where they differ it also prints the setting "igfPaths" that
    follows the file.`,
  exit1: 'there are differences',
  examples: ['npx bridge igf verify openapi.json'],
  parameters: (command) =>
    command.argument(
      '<file>',
      'the OpenAPI file as JSON ("Download OpenAPI specification" on IGF\'s API page)',
    ),
  run({ print }, fileName: string) {
    const comparison = compareOperations(readOpenApi(readText(fileName), fileName));
    print(...formatComparison(comparison));
    const { differing, missing, unknown } = comparison;
    return differing.length + missing.length + unknown.length > 0 ? 1 : 0;
  },
});

const formatComparison = ({ differing, matched, missing, unknown, corrections }: Comparison): string[] => [
  ...differing.map(
    ({ operation, inFile }) =>
      `${operation.number}. ${operation.name}: ${operationName(operation)} here (${operation.evidence}), ` +
      `${operationName(inFile)} in the file`,
  ),
  ...missing.map(
    (operation) => `${operation.number}. ${operation.name}: ${operationName(operation)} is not in the file`,
  ),
  ...unknown.map(
    (inFile) =>
      `${operationName(inFile)}${inFile.title && ` ("${inFile.title}")`} is in the file, but not in our table`,
  ),
  `${matched} operations compared, ${differing.length} differ; ` +
    `${missing.length} are only in our table, ${unknown.length} only in the file.`,
  ...(Object.keys(corrections).length > 0
    ? [
        "To follow the file, set in the stage's block of cdk.json:",
        `  "igfPaths": ${JSON.stringify(corrections)}`,
      ]
    : []),
];

function readText(fileName: string): string {
  try {
    return readFileSync(fileName, 'utf8');
  } catch (error) {
    const code = Object(error).code;
    throw new CommandError(
      code === 'ENOENT' ? `There is no file ${fileName}.` : `${fileName} can't be read (${code}).`,
    );
  }
}
