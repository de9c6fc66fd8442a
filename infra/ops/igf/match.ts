import type { Operation } from '../../../lib/igf/endpoint.ts';
import type { FileOperation } from './openapi.ts';

export interface Matching {
  readonly matched: readonly { readonly operation: Operation; readonly inFile: FileOperation }[];
  /** Of the table, and not in the file. */
  readonly missing: readonly Operation[];
  /** Of the file, and not in the table. */
  readonly unknown: readonly FileOperation[];
}

type Route = Pick<Operation, 'path'> & { readonly method: string };

/** A path without the names of its parameters. */
export const pathShape = ({ path }: Pick<Route, 'path'>): string => path.replaceAll(/\{[^{}]*\}/g, '{}');
const route = (one: Route): string => `${one.method} ${pathShape(one)}`;
const title = ({ title }: { title: string }): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

/**
 * Finds each operation of the table in the file: by the vendor's title, which is all that is known of most of them; else by
 * method and path; else by path alone.
 */
export function matchOperations(table: readonly Operation[], file: readonly FileOperation[]): Matching {
  const matched: { operation: Operation; inFile: FileOperation }[] = [];
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
