import { randomUUID } from 'node:crypto';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { errorClass, logError, logInfo } from '../runtime/log.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { type HttpAnswer, Problem, problemAnswer } from './problem.ts';

export type Middleware = MiddlewareObj<APIGatewayProxyEventV2, HttpAnswer>;

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

/** For JSON that it can't parse middy's parser throws a 4xx of its own. The vendor documents 406. */
const isParserError = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && [415, 422].includes(Number(error.statusCode));

/** The problem to answer for an error. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isParserError(error)) {
    return new Problem(406, 'Not acceptable', 'The body is not JSON that can be read.', {
      errors: [{ path: '', message: 'is not valid JSON, or has a forbidden key' }],
    });
  }
  return new Problem(500, 'Internal error', 'The delivery was not accepted. Deliver it again.', {
    cause: error,
  });
}

/** The event id of a rejected body, as an earlier middleware stored it for this request. */
const rejectionId = (internal: Record<string, unknown>): string | undefined =>
  typeof internal.rejectionId === 'string' ? internal.rejectionId : undefined;

/** Answers every error with a problem that repeats no payload value, and logs it. */
export const answerProblems = (webhook: Webhook): Middleware => ({
  onError: (request) => {
    const problem = asProblem(request.error);
    const line = {
      step: 'not-accepted',
      webhook: webhook.name,
      eventId: rejectionId(request.internal),
      correlationId: correlationIdOf(request.event),
      status: problem.status,
      reason: problem.message,
      // Paths consist of our schemas' names and of positions. Messages never quote a value.
      faults: problem.errors?.map(({ path, message }) => `${path} ${message}`.trim()).join('; '),
      cause: problem.cause === undefined ? undefined : errorClass(problem.cause),
    };
    if (problem.status >= 500) logError(line);
    else logInfo(line);
    request.response = problemAnswer(problem);
  },
});
