import * as z from 'zod/mini';
import { errorCodeOf } from './errors.ts';

const headerName = z.string().check(z.regex(/^[A-Za-z0-9-]+$/, 'must be a header name'));
const headerValue = z.string().check(z.regex(/^[\x20-\x7e]*$/, 'must be plain ASCII text'));

/** How an operation fails, and how many times. */
export const OperationFault = z
  .strictObject({
    /** `POST /listings`, or `*` for any operation. */
    operation: z.string(),
    times: z._default(z.int().check(z.minimum(1)), 1),
    /** Answers this status with the error body. Commits nothing without `afterCommit` or `garbage`. */
    status: z.optional(z.int().check(z.minimum(200), z.maximum(599))),
    message: z.optional(z.unknown()),
    /** The details of that error body: any JSON, as the document allows. */
    details: z.optional(z.unknown()),
    /** Delays the answer, but not the commit. */
    delayMs: z.optional(z.int().check(z.minimum(0), z.maximum(600_000))),
    /** Commits first. Then answers `status`, or drops the connection when there is none. */
    afterCommit: z.optional(z.boolean()),
    /** Commits first. Then answers `status` (200 when there is none) with text that is not JSON. */
    garbage: z.optional(z.boolean()),
    headers: z.optional(z.record(headerName, headerValue)),
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
