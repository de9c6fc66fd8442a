import { type Operation, operationName } from '../../../lib/igf/endpoint.ts';
import { operations, pathParameters } from '../../../lib/igf/operations.ts';
import { pathCorrectionFaults } from '../../../lib/igf/path-correction-faults.ts';
import type { FileOperation } from './openapi.ts';

/** An operation of our table, found in the file. */
interface Match {
  readonly operation: Operation;
  readonly inFile: FileOperation;
}

export interface Comparison {
  readonly matched: number;
  /** The matches with another method or another path. */
  readonly differing: readonly Match[];
  /** In our table only. */
  readonly missing: readonly Operation[];
  /** In the file only. */
  readonly unknown: readonly FileOperation[];
  /** The setting `igfPaths` that follows the file. */
  readonly corrections: Readonly<Record<string, string>>;
}

/** Compares the methods and paths of our table with those of an OpenAPI file. */
export function compareOperations(file: readonly FileOperation[]): Comparison {
  const { matched, ...rest } = matchOperations(operations, file);
  const differing = matched.filter(({ operation, inFile }) => route(operation) !== route(inFile));
  return { ...rest, matched: matched.length, differing, corrections: correctionsFor(differing) };
}

type Titled = Pick<FileOperation, 'title' | 'method' | 'path'>;

/** A path without the names of its parameters. */
const pathShape = ({ path }: Titled): string => path.replaceAll(/\{[^{}]*\}/g, '{}');
const route = (one: Titled): string => `${one.method} ${pathShape(one)}`;
const title = (one: Titled): string =>
  one.title
    .toLowerCase()
    .match(/[a-z0-9]+/g)
    ?.join(' ') ?? '';

/**
 * Finds each operation of the table in the file: by the vendor's title, which is all that is known of most of them; else
 * by method and path; else by path alone.
 */
function matchOperations(table: readonly Operation[], file: readonly FileOperation[]) {
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
