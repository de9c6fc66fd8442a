import * as z from 'zod/mini';
import { errorCodeOf } from './errors.ts';
import { optional } from './settings.ts';

const headerName = z.string().check(z.regex(/^[A-Za-z0-9-]+$/, 'must be a header name'));
const headerValue = z.string().check(z.regex(/^[\x20-\x7e]*$/, 'must be plain ASCII text'));

/** How an operation fails, and how many times. */
export const OperationFault = z
  .strictObject({
    operation: z.string().check(z.describe('such as POST /listings, or * for any operation')),
    times: z._default(z.int().check(z.minimum(1)), 1).check(z.describe('how many calls fail')),
    status: optional(
      z.int().check(z.minimum(200), z.maximum(599)),
      'answers it with the error body, and commits nothing without afterCommit or garbage',
    ),
    message: optional(z.unknown(), 'the message of that error body'),
    details: optional(z.unknown(), 'the details of that error body: any JSON'),
    delayMs: optional(
      z.int().check(z.minimum(0), z.maximum(600_000)),
      'delays the answer, but not the commit',
    ),
    afterCommit: optional(
      z.boolean(),
      'commits first, then answers status, or drops the connection without one',
    ),
    garbage: optional(z.boolean(), 'commits first, then answers status (or 200) with text that is not JSON'),
    headers: optional(z.record(headerName, headerValue), 'headers of the answer, such as Retry-After'),
  })
  .check(
    z.refine(
      ({ status, delayMs, headers, afterCommit, garbage }) =>
        Boolean((status ?? delayMs ?? headers) || afterCommit || garbage),
      'must say how to fail: status, delayMs, afterCommit, garbage or headers',
    ),
  );
export type OperationFault = z.infer<typeof OperationFault>;

/** Each call of an operation takes the first fault that applies to it. */
export function takeFault(faults: OperationFault[], operation: string): OperationFault | undefined {
  const index = faults.findIndex((each) => each.operation === operation || each.operation === '*');
  const fault = faults[index];
  if (fault === undefined) return undefined;
  fault.times -= 1;
  if (fault.times === 0) faults.splice(index, 1);
  return fault;
}

export interface SimulatedAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Whether the operation is carried out although its answer fails. */
export function commits({ status, afterCommit, garbage }: OperationFault): boolean {
  return status === undefined || afterCommit === true || garbage === true;
}

/** @returns the answer in place of the `real` one; undefined when the connection is dropped without an answer. */
export function faultyAnswer(
  { status, message, details, afterCommit, garbage }: OperationFault,
  real: SimulatedAnswer | undefined,
): SimulatedAnswer | undefined {
  if (garbage) return { status: status ?? 200, body: '<html>This is not JSON' };
  if (status === undefined) return afterCommit ? undefined : real;
  const body = {
    errorCode: errorCodeOf(status),
    message: message ?? `Simulated fault: ${status}`,
    details: details ?? 'Asked for by /_simulator/faults',
  };
  return { status, body };
}
