import { largestBodyBytes } from '../config/limits.ts';
import type { Fault } from '../webhooks/json-limits.ts';

/** An answer of ours that is not 202, as in RFC 9457. `detail` says what the sender can do about it. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly Fault[] | undefined;
  /** Seconds after which a repeated delivery may succeed. */
  readonly retryAfter: number | undefined;
  /** The event id of the refused delivery, for the log. */
  eventId?: string;

  constructor(
    status: number,
    title: string,
    detail: string,
    more: { errors?: readonly Fault[]; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(title, { cause: more.cause });
    this.status = status;
    this.detail = detail;
    this.errors = more.errors;
    this.retryAfter = more.retryAfter;
  }
}

/** A body that can't be read, or does not have the shape of its webhook. */
export const notAcceptable = (detail: string, errors: readonly Fault[]): Problem =>
  new Problem(406, 'Not acceptable', detail, { errors });

export const tooLarge = (): Problem =>
  new Problem(413, 'Content too large', `The body may have at most ${largestBodyBytes} bytes.`);

/** For when SQS does not take a message. The sender retries for 24 hours, so a minute is soon enough. */
const retryAfterSeconds = 60;

/** SQS did not confirm that it has the delivery. The sender still has it, and delivers again. */
export const notStored = (cause: unknown): Problem =>
  new Problem(503, 'Not stored', 'The delivery could not be stored. Deliver it again.', {
    retryAfter: retryAfterSeconds,
    cause,
  });

export interface HttpAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** The answer to send for a problem. */
export function problemAnswer(problem: Problem): HttpAnswer {
  const { status, message: title, detail, errors, retryAfter } = problem;
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    },
    body: JSON.stringify({ type: 'about:blank', title, status, detail, ...(errors && { errors }) }),
  };
}
