import * as z from 'zod/mini';
import type { AnyDefinition, RequestParts } from './endpoint.ts';
import { IgfRequestError } from './errors.ts';
import { type Operation, operationName } from './operation.ts';

/** Dotted paths of what is wrong; an unknown field counts by its own name. */
export const pathsOf = (issues: readonly z.core.$ZodIssue[]): string[] =>
  issues.flatMap((issue) => {
    const outer = issue.path.map(String);
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...outer, key]) : [outer];
    return paths.map((path) => path.join('.') || 'body');
  });

/**
 * Holds a request against its schemas before anything is sent.
 * @throws IgfRequestError that names everything that does not fit, never a value.
 */
export function checkRequest(operation: Operation, definition: AnyDefinition, request: RequestParts): void {
  const wrong = (['parameters', 'query', 'body'] as const).flatMap((part) => {
    const schema = definition[part];
    const value = part === 'query' ? (request.query ?? {}) : request[part];
    const parsed = schema && z.safeParse(schema, value);
    return parsed?.error ? pathsOf(parsed.error.issues) : [];
  });
  if (wrong.length > 0) throw new IgfRequestError(operationName(operation), [...new Set(wrong)]);
}

const valuesOf = (record: unknown): [string, unknown][] =>
  Object.entries(Object(record)).filter(([, value]) => value !== undefined);

const inQuery = (value: unknown): string => encodeURIComponent(String(value)).replaceAll('%20', '+');

/** A list is joined by bare commas: IGF does not read them encoded. */
const queryText = (value: unknown): string => (Array.isArray(value) ? value : [value]).map(inQuery).join(',');

/** Where a call goes: the path with its parameters filled in, and the query. */
export function requestUrl(baseUrl: string, path: string, { parameters, query }: RequestParts): string {
  const filled = valuesOf(parameters).reduce(
    (rest, [name, value]) => rest.replace(`{${name}}`, () => encodeURIComponent(String(value))),
    path,
  );
  const search = valuesOf(query).map(([name, value]) => `${name}=${queryText(value)}`);
  return `${baseUrl.replace(/\/+$/, '')}${filled}${search.length > 0 ? `?${search.join('&')}` : ''}`;
}
