import { randomUUID } from 'node:crypto';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { errorClass, logError, logInfo } from '../runtime/log.ts';
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

/** The problem to answer for an error. */
const asProblem = (error: unknown): Problem =>
  error instanceof Problem
    ? error
    : new Problem(500, 'Internal error', 'The delivery was not accepted. Deliver it again.', {
        cause: error,
      });

/** Answers every error with a problem that repeats no payload value, and logs it. */
export const answerProblems = (webhook?: string): Middleware => ({
  onError: (request) => {
    const problem = asProblem(request.error);
    const line = {
      step: 'not-accepted',
      webhook,
      eventId: problem.eventId,
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
