import { randomUUID } from 'node:crypto';
import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { errorClass, logError, logInfo } from '../runtime/log.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { type HttpAnswer, Problem, problemAnswer } from './problem.ts';

export type Middleware = MiddlewareObj<APIGatewayProxyEventV2, HttpAnswer>;

/** What may stand in a header and in a log: visible ASCII, not too long. Anything else is replaced by an id of ours. */
const correlationIdForm = /^[\x21-\x7e]{1,128}$/;
const header = 'x-correlation-id';

/** The id that ties a delivery's answer, its message and its log lines together. */
export const correlationIdOf = (event: APIGatewayProxyEventV2): string => event.headers[header] ?? '';

/** Gives every delivery a correlation id, the sender's own where it sent one, and puts it on every answer. */
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

/** middy's JSON parser answers what it can't parse with a 4xx of its own; the vendor documents 406. */
const isParserError = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && [415, 422].includes(Number(error.statusCode));

/** Whatever was thrown, as the problem that answers it. */
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

/** Where a refused body's event id stands while its request is worked on. */
const rejectionId = (internal: Record<string, unknown>): string | undefined =>
  typeof internal.rejectionId === 'string' ? internal.rejectionId : undefined;

/** Turns whatever was thrown into a problem answer that repeats no payload value, and says in the log what it was. */
export const answerProblems = (webhook: Webhook): Middleware => ({
  onError: (request) => {
    const problem = asProblem(request.error);
    const line = {
      step: 'refused',
      webhook: webhook.name,
      eventId: rejectionId(request.internal),
      correlationId: correlationIdOf(request.event),
      status: problem.status,
      reason: problem.message,
      // Paths are named by our schemas or are positions; messages never hold a value.
      faults: problem.errors?.map(({ path, message }) => `${path} ${message}`.trim()).join('; '),
      cause: problem.cause === undefined ? undefined : errorClass(problem.cause),
    };
    if (problem.status >= 500) logError(line);
    else logInfo(line);
    request.response = problemAnswer(problem);
  },
});
