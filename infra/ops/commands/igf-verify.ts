import { readFileSync } from 'node:fs';
import { operationName } from '../../../lib/igf/endpoint.ts';
import { callerPath } from '../../cli/caller-path.ts';
import { CommandError } from '../../cli/command-line.ts';
import { defineCommand } from '../command.ts';
import { compareOperations, readOpenApi } from '../igf/openapi.ts';

export const verifyCommand = defineCommand({
  name: 'verify',
  summary: "compare the client's methods and paths with IGF's OpenAPI file",
  description: `Most methods and paths of the client are inferred. This compares them with those of the file.
    It finds an operation by its title, or by its method and path. Where they differ it also prints the
    setting "igfPaths" that follows the file.`,
  exit1: 'there are differences',
  examples: ['npx bridge igf verify openapi.json'],
  parameters: (command) =>
    command.argument(
      '<file>',
      'the OpenAPI file as JSON ("Download OpenAPI specification" on IGF\'s API page)',
    ),
  run({ print }, fileName: string) {
    const compared = compareOperations(readOpenApi(readText(fileName), fileName));
    const { differing, matched, missing, unknown, corrections } = compared;
    for (const { operation, inFile } of differing) {
      const here = `${operationName(operation)} here (${operation.evidence})`;
      print(`${operation.number}. ${operation.name}: ${here}, ${operationName(inFile)} in the file`);
    }
    for (const operation of missing) {
      print(`${operation.number}. ${operation.name}: ${operationName(operation)} is not in the file`);
    }
    for (const inFile of unknown) {
      const titled = inFile.title && ` ("${inFile.title}")`;
      print(`${operationName(inFile)}${titled} is in the file, but not in our table`);
    }
    print(
      `${matched} operations compared, ${differing.length} differ; ` +
        `${missing.length} are only in our table, ${unknown.length} only in the file.`,
    );
    if (Object.keys(corrections).length > 0) {
      print("To follow the file, set in the stage's block of cdk.json:");
      print(`  "igfPaths": ${JSON.stringify(corrections)}`);
    }
    return differing.length + missing.length + unknown.length > 0 ? 1 : 0;
  },
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
