import { randomUUID } from 'node:crypto';
import type { Failure, LambdaFunction } from '../../../infra/local/lambda-function.ts';
import { errorClass } from '../../../lib/runtime/log.ts';
import type { Handle } from './simulated-functions.ts';

/** The ends of the names of functions. */
export type NameEnds = ReadonlySet<string>;

export const isNamed = (name: string, ends: NameEnds): boolean => [...ends].some((end) => name.endsWith(end));

/**
 * A function that Lambda runs, unless its invocation is to fail.
 * @param failing the functions whose invocation crashes, and those whose invocation Lambda refuses
 */
export function failingFunction(
  name: string,
  handle: Handle,
  failing: { readonly crashing: NameEnds; readonly throttled: NameEnds },
): LambdaFunction {
  const failed = (kind: Failure['kind'], errorType: string) => {
    const failure: Failure = { kind, errorType, errorMessage: '', stackTrace: [] };
    return { ok: false as const, failure };
  };
  return {
    name,
    invoke: async (event) => {
      const requestId = randomUUID();
      if (isNamed(name, failing.throttled))
        return { requestId, ...failed('throttled', 'TooManyRequestsException') };
      if (isNamed(name, failing.crashing)) return { requestId, ...failed('crash', 'Runtime.ExitError') };
      try {
        return { requestId, ok: true, payload: await handle(event) };
      } catch (error) {
        return { requestId, ...failed('error', errorClass(error)) };
      }
    },
    [Symbol.asyncDispose]: async () => {},
  };
}
