import { randomUUID } from 'node:crypto';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { largestBodyBytes } from '../config/limits.ts';
import { errorClass, logError, logInfo } from '../runtime/log.ts';
import type { Fault } from '../webhooks/json-limits.ts';

export interface HttpAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

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
    { errors, retryAfter, cause }: { errors?: readonly Fault[]; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(title, { cause });
    this.status = status;
    this.detail = detail;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }
}

/** A body that can't be read, or does not have the shape of its webhook. */
export const notAcceptable = (detail: string, ...errors: readonly Fault[]): Problem =>
  new Problem(406, 'Not acceptable', detail, { errors });

export const tooLarge = (): Problem =>
  new Problem(413, 'Content too large', `The body may have at most ${largestBodyBytes} bytes.`);

/** For when something of ours is not there. The sender retries for 24 hours, so a minute is soon enough. */
export const notNow = (title: string, detail: string, cause?: unknown): Problem =>
  new Problem(503, title, detail, { retryAfter: 60, cause });

type Middleware = MiddlewareObj<APIGatewayProxyEventV2, HttpAnswer>;

/** A correlation id may have visible ASCII only, and not too much. Any other is replaced by an id of ours. */
const correlationIdForm = /^[\x21-\x7e]{1,128}$/;
const header = 'x-correlation-id';

/** The id that ties a delivery's answer, its message and its log lines together. */
export const correlationIdOf = (event: APIGatewayProxyEventV2): string => event.headers[header] ?? '';

/** Gives every delivery a correlation id, the sender's own if it sent one, and puts it on every answer. */
export const carryCorrelationId = (): Middleware => {
  const answer: NonNullable<Middleware['after']> = ({ event, response }) => {
    if (response) response.headers[header] = correlationIdOf(event);
  };
  return {
    before: ({ event }) => {
      const given = event.headers[header] ?? '';
      event.headers[header] = correlationIdForm.test(given) ? given : randomUUID();
    },
    after: answer,
    onError: answer,
  };
};

/** Answers every error with a problem that repeats no payload value, and logs it. */
export const answerProblems = (webhook?: string): Middleware => ({
  onError: (request) => {
    const { error } = request;
    const unexpected = 'The delivery was not accepted. Deliver it again.';
    const {
      status,
      message: title,
      detail,
      errors,
      retryAfter,
      eventId,
      cause,
    } = error instanceof Problem ? error : new Problem(500, 'Internal error', unexpected, { cause: error });
    const log = status >= 500 ? logError : logInfo;
    log({
      step: 'not-accepted',
      webhook,
      eventId,
      correlationId: correlationIdOf(request.event),
      status,
      reason: title,
      // Paths consist of our schemas' names and of positions. Messages never quote a value.
      faults: errors?.map(({ path, message }) => `${path} ${message}`.trim()).join('; '),
      cause: cause === undefined ? undefined : errorClass(cause),
    });
    request.response = {
      statusCode: status,
      headers: {
        'content-type': 'application/problem+json',
        ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
      },
      body: JSON.stringify({ type: 'about:blank', title, status, detail, ...(errors && { errors }) }),
    };
  },
});
