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
    /** The message of that error body. */
    message: z.optional(z.unknown()),
    /** The details of that error body: any JSON, as the document allows. */
    details: z.optional(z.unknown()),
    /** Delays the answer, but not the commit. */
    delayMs: z.optional(z.int().check(z.minimum(0), z.maximum(600_000))),
    /** Commits first. Then answers `status`, or drops the connection when there is none. */
    afterCommit: z.optional(z.boolean()),
    /** Commits first. Then answers `status` (200 when there is none) with text that is not JSON. */
    garbage: z.optional(z.boolean()),
    /** Adds headers to the answer. */
    headers: z.optional(z.record(headerName, headerValue)),
  })
  .check(z.refine(hasEffect, 'must say how to fail: status, delayMs, afterCommit, garbage or headers'));
export type OperationFault = z.infer<typeof OperationFault>;

function hasEffect({ status, delayMs, afterCommit, garbage, headers }: Record<string, unknown>): boolean {
  return Boolean(status ?? delayMs ?? headers) || afterCommit === true || garbage === true;
}

/** Faults in the order of arrival. Each call of an operation takes the first one that applies to it. */
export class FaultQueue {
  #faults: OperationFault[] = [];

  add(fault: OperationFault): void {
    this.#faults.push({ ...fault });
  }

  clear(): void {
    this.#faults = [];
  }

  take(operation: string): OperationFault | undefined {
    const fault = this.#faults.find((each) => each.operation === operation || each.operation === '*');
    if (fault === undefined) return undefined;
    fault.times -= 1;
    this.#faults = this.#faults.filter((each) => each.times > 0);
    return fault;
  }
}

export interface SimulatedAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Whether the operation is carried out although its answer fails. */
export function commits({ status, afterCommit, garbage }: OperationFault): boolean {
  return status === undefined || afterCommit === true || garbage === true;
}

/**
 * @returns the answer in place of the `real` one; undefined when the connection is dropped without an answer.
 */
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
