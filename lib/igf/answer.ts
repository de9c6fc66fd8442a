import * as z from 'zod/mini';
import { IgfContractError, IgfPathError, IgfRejectedError, IgfUnavailableError } from './errors.ts';
import { type Operation, operationName } from './operation.ts';
import { pathsOf } from './request.ts';

const permanent = new Set([400, 404, 405, 409, 410, 422]);
/** Turned away before anything was done. */
const turnedAway = new Set([401, 403, 429]);

const ErrorBody = z.object({ errorCode: z.string().check(z.regex(/^[\w-]{1,40}$/)) });

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

/** What an answer that is not a success means. */
export function failure(operation: Operation, response: Response, text: string, now: number): Error {
  const name = operationName(operation);
  const { status } = response;
  if ((status === 404 || status === 405) && operation.evidence === 'inferred')
    return new IgfPathError(name, status);
  if (permanent.has(status)) {
    const body = z.safeParse(ErrorBody, jsonOf(text));
    return new IgfRejectedError(name, status, body.success ? body.data.errorCode : undefined);
  }
  return new IgfUnavailableError(name, `IGF answered ${status}`, {
    status,
    effect: turnedAway.has(status) ? 'not-done' : 'unknown',
    retryAfter: retryAfterSeconds(response.headers.get('retry-after'), now),
  });
}

/**
 * What a successful answer says.
 * @throws IgfContractError when it is not JSON or lacks what makes it usable.
 */
export function readAnswer<Answer>(
  operation: Operation,
  schema: z.ZodMiniType<Answer>,
  text: string,
): Answer {
  const parsed = z.safeParse(schema, jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new IgfContractError(operationName(operation), pathsOf(parsed.error.issues).join(', '));
}
