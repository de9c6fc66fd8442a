/** The HTTP messages of a call: the request that goes out, and what a response means. */
import * as z from 'zod/mini';
import { type AnyEndpoint, type Operation, operationName, type RequestParts } from './endpoint.ts';
import {
  IgfContractError,
  IgfPathError,
  IgfRejectedError,
  IgfRequestError,
  IgfUnavailableError,
} from './errors.ts';
import { refusalReasons, type SentValues } from './refusal-reasons.ts';

/** Dotted paths of what is wrong; an unknown field counts by its own name. */
const pathsOf = (issues: readonly z.core.$ZodIssue[]): string[] =>
  issues.flatMap((issue) => {
    const outer = issue.path.map(String);
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...outer, key]) : [outer];
    return paths.map((path) => path.join('.') || 'body');
  });

/** Checks a request before it is sent. @throws IgfRequestError that names all that does not fit, never a value */
export function checkRequest(endpoint: AnyEndpoint, request: RequestParts): void {
  const wrong = (['parameters', 'query', 'body'] as const).flatMap((part) => {
    const schema = endpoint[part];
    const value = part === 'query' ? (request.query ?? {}) : request[part];
    const parsed = schema && z.safeParse(schema, value);
    return parsed?.error ? pathsOf(parsed.error.issues) : [];
  });
  if (wrong.length > 0) throw new IgfRequestError(operationName(endpoint.operation), [...new Set(wrong)]);
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

const permanent = new Set([400, 404, 405, 409, 410, 422]);
/** IGF turned the call away before it did anything. */
const turnedAway = new Set([401, 403, 429]);

/** Seconds, of a `Retry-After` that is a number of seconds or an HTTP date. */
export function retryAfterSeconds(header: string | null, now: number): number | undefined {
  if (!header) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error that a response without a success status means. */
export function responseError(
  operation: Operation,
  sent: SentValues,
  response: Response,
  text: string,
  now: number,
): Error {
  const name = operationName(operation);
  const { status } = response;
  if ((status === 404 || status === 405) && operation.evidence === 'inferred')
    return new IgfPathError(name, status);
  if (permanent.has(status)) {
    const { errorCode, ...reasons } = refusalReasons(jsonOf(text), sent);
    return new IgfRejectedError(name, status, errorCode, reasons);
  }
  return new IgfUnavailableError(name, `IGF answered ${status}`, {
    status,
    effect: turnedAway.has(status) ? 'not-done' : 'unknown',
    retryAfter: retryAfterSeconds(response.headers.get('retry-after'), now),
  });
}

/** @throws IgfContractError when it is not JSON, or lacks a field that the bridge cannot do without */
export function readAnswer<Answer>(
  operation: Operation,
  schema: z.ZodMiniType<Answer>,
  text: string,
): Answer {
  const parsed = z.safeParse(schema, jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new IgfContractError(operationName(operation), pathsOf(parsed.error.issues).join(', '));
}
