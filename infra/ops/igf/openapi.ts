import * as z from 'zod/mini';
import { methods, operationName } from '../../../lib/igf/endpoint.ts';
import { type ListedOperation, operations, pathParameters } from '../../../lib/igf/operations.ts';
import { pathCorrectionFaults } from '../../../lib/igf/path-correction-faults.ts';
import { CommandError } from '../../cli/command-line.ts';
import { parseJson } from '../../cli/narration.ts';

/** An operation of an OpenAPI file. */
export interface FileOperation {
  readonly title: string;
  readonly method: string;
  /** Below the base URL, as in our table. */
  readonly path: string;
}

const OpenApi = z.looseObject({
  openapi: z.string().check(z.regex(/^3\./)),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  servers: z._default(z.array(z.looseObject({ url: z.string() })), []),
});
const OperationObject = z.looseObject({
  summary: z.optional(z.string()),
  operationId: z.optional(z.string()),
});

/** Reads the operations of an OpenAPI 3 file. @throws CommandError in one line when the text is not such a file */
export function readOpenApi(text: string, fileName: string): FileOperation[] {
  const json = parseJson(text);
  if (json === undefined) {
    throw new CommandError(
      `${fileName} is not JSON. IGF's API page offers the file as JSON ("Download OpenAPI specification").`,
    );
  }
  const { data, error } = z.safeParse(OpenApi, json);
  if (!data) {
    const at = error.issues.map(({ path }) => path.join('.') || 'the file').join(', ');
    throw new CommandError(`${fileName} is not an OpenAPI 3 file: ${at} is missing or invalid.`);
  }
  const basePath = (data.servers[0]?.url ?? '').replace(/^https?:\/\/[^/]*/, '');
  return Object.entries(data.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const { data: operation } = z.safeParse(OperationObject, item[method.toLowerCase()]);
      if (!operation) return [];
      const { summary, operationId = '' } = operation;
      return [{ title: summary ?? operationId, method, path: belowBase(basePath, path) }];
    }),
  );
}

/** A file may have the version in its server's URL or in each path; our table has it in neither. */
const belowBase = (basePath: string, path: string): string =>
  `${basePath}/${path}`
    .replaceAll(/\/+/g, '/')
    .replace(/^\/api\/v\d+(?=\/)/, '')
    .replace(/(?<=.)\/$/, '');

interface Match {
  readonly operation: ListedOperation;
  readonly inFile: FileOperation;
}

/**
 * Compares the methods and paths of our table with those of an OpenAPI file.
 * @returns `differing`: matches with another method or path. `missing`: in our table only. `unknown`: in the file only.
 * `corrections`: the setting `igfPaths` that follows the file
 */
export function compareOperations(file: readonly FileOperation[]) {
  const { matched, ...rest } = matchOperations(operations, file);
  const differing = matched.filter(({ operation, inFile }) => route(operation) !== route(inFile));
  return { ...rest, matched: matched.length, differing, corrections: correctionsFor(differing) };
}

/** A path without the names of its parameters. */
const pathShape = ({ path }: FileOperation): string => path.replaceAll(/\{[^{}]*\}/g, '{}');
const route = (one: FileOperation): string => `${one.method} ${pathShape(one)}`;
const title = (one: FileOperation): string =>
  one.title
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .join(' ');

/**
 * Finds each operation of the table in the file by the vendor's title, which is all that is known of most of them.
 * Otherwise it finds it by method and path, or by path alone.
 */
function matchOperations(table: readonly ListedOperation[], file: readonly FileOperation[]) {
  const matched: Match[] = [];
  let [missing, unknown] = [[...table], [...file]];
  for (const key of [title, route, pathShape]) {
    const pairs = missing.flatMap((operation) => {
      const own = missing.filter((other) => key(other) === key(operation));
      const [inFile, ...more] = unknown.filter((other) => key(other) !== '' && key(other) === key(operation));
      return inFile && own.length === 1 && more.length === 0 ? [{ operation, inFile }] : [];
    });
    matched.push(...pairs);
    missing = missing.filter((operation) => !pairs.some((pair) => pair.operation === operation));
    unknown = unknown.filter((inFile) => !pairs.some((pair) => pair.inFile === inFile));
  }
  matched.sort((one, other) => one.operation.number - other.operation.number);
  return { matched, missing, unknown };
}

/** The corrections that the stack would accept, with the parameter names of our table. */
function correctionsFor(differing: readonly Match[]): Record<string, string> {
  const corrections = differing.map(({ operation, inFile }) => {
    const names = pathParameters(operation.path);
    let at = 0;
    const path = inFile.path.replaceAll(/\{[^{}]*\}/g, () => `{${names[at++] ?? '?'}}`);
    return [operation.name, operationName({ method: inFile.method, path })] as const;
  });
  const faulty = new Set(pathCorrectionFaults(Object.fromEntries(corrections)).map(({ name }) => name));
  return Object.fromEntries(corrections.filter(([name]) => !faulty.has(name)));
}
