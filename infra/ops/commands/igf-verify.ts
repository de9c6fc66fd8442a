import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { operationName } from '../../../lib/igf/endpoint.ts';
import { addExamples, CommandError, type Terminal } from '../../cli/command-line.ts';
import { type Comparison, compareOperations } from '../igf/compare-operations.ts';
import { readOpenApi } from '../igf/openapi.ts';

/** Compares the client's methods and paths with IGF's own OpenAPI file. */
export function addIgfVerify(igf: Command, terminal: Terminal): void {
  const command = igf
    .command('verify')
    .argument('<file>', 'the OpenAPI file as JSON ("Download OpenAPI specification" on IGF\'s API page)')
    .summary("compare the client's methods and paths with IGF's OpenAPI file")
    .description(
      `Most methods and paths of the client are inferred. This compares them with those of the file. It finds an
operation by its title, or by its method and path. Where they differ it also prints the setting "igfPaths"
that follows the file.
Exit code 1: there are differences.`,
    );
  addExamples(command, 'npx bridge igf verify openapi.json').action((fileName: string) => {
    const comparison = compareOperations(readOpenApi(readText(fileName), fileName));
    for (const line of formatComparison(comparison)) terminal.print(line);
    const { differing, missing, unknown } = comparison;
    if (differing.length + missing.length + unknown.length > 0) terminal.exitCode = 1;
  });
}

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
