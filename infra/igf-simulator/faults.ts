import * as z from 'zod/mini';
import { codeOf } from './errors.ts';

const headerName = z.string().check(z.regex(/^[A-Za-z0-9-]+$/, 'must be a header name'));
const headerValue = z.string().check(z.regex(/^[\x20-\x7e]*$/, 'must be plain ASCII text'));

/** How an operation should misbehave, and how many times. */
export const Fault = z
  .strictObject({
    /** `POST /listings`, or `*` for any operation. */
    operation: z.string(),
    times: z._default(z.int().check(z.minimum(1)), 1),
    /** Answers this status with the error body; nothing is committed unless `afterCommit` or `garbage` is there too. */
    status: z.optional(z.int().check(z.minimum(200), z.maximum(599))),
    /** Holds back the answer, not the commit. */
    delayMs: z.optional(z.int().check(z.minimum(0), z.maximum(600_000))),
    /** Commits first; then answers `status`, or without one drops the connection. */
    afterCommit: z.optional(z.boolean()),
    /** Commits first; then answers 200 (or `status`) with text that is not JSON. */
    garbage: z.optional(z.boolean()),
    /** Added to whatever is answered. */
    headers: z.optional(z.record(headerName, headerValue)),
  })
  .check(z.refine(saysHow, 'must say how to fail: status, delayMs, afterCommit, garbage or headers'));
export type Fault = z.infer<typeof Fault>;

function saysHow({ status, delayMs, afterCommit, garbage, headers }: Record<string, unknown>): boolean {
  return Boolean(status ?? delayMs ?? headers) || afterCommit === true || garbage === true;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Faults wait in the order in which they were posted; each call of an operation takes the first that fits it. */
export class FaultQueue {
  #waiting: Fault[] = [];

  add(fault: Fault): void {
    this.#waiting.push(fault);
  }

  /** From now on nothing misbehaves. */
  clear(): void {
    this.#waiting = [];
  }

  take(operation: string): Fault | undefined {
    const fault = this.#waiting.find((each) => each.operation === operation || each.operation === '*');
    if (fault === undefined) return undefined;
    fault.times -= 1;
    this.#waiting = this.#waiting.filter((each) => each.times > 0);
    return fault;
  }
}

/** Whether the operation is carried out although its answer is disturbed. */
export function commits({ status, afterCommit, garbage }: Fault): boolean {
  return status === undefined || afterCommit === true || garbage === true;
}

/** What the caller gets instead of the `real` answer; undefined: the connection is dropped without one. */
export function disturbed(fault: Fault, real: Answer | undefined): Answer | undefined {
  if (fault.garbage) return { status: fault.status ?? 200, body: '<html>This is not JSON' };
  if (fault.status !== undefined) return { status: fault.status, body: faultBody(fault.status) };
  return fault.afterCommit ? undefined : real;
}

function faultBody(status: number) {
  return {
    errorCode: codeOf(status),
    message: `Simulated fault: ${status}`,
    details: 'Asked for by /_simulator/faults',
  };
}
