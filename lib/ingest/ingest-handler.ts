import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { measure } from '../runtime/log.ts';
import type { CachedSecret } from '../runtime/secret.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { winkelstraatPath } from '../webhooks/winkelstraat/webhook.ts';
import { answerProblems, carryCorrelationId, correlationIdOf, type HttpAnswer } from './answers.ts';
import { type Enqueue, enqueueDelivery, quarantineDelivery } from './delivery.ts';
import { readBody } from './read-body.ts';
import { checkSenderKey } from './sender-key.ts';

/** The dependencies of an ingest function: narrow functions, so that a test passes literals. */
export interface IngestDependencies {
  senderKey: CachedSecret;
  enqueue: Enqueue;
  reject: Enqueue;
  now: () => number;
}

/**
 * The whole of an ingest function. It answers 202 only after SQS has the message, and 406 or 413 only after SQS has the
 * one for the quarantine. Every answer but 202 is a problem (RFC 9457).
 */
export const ingestHandler = (webhook: Webhook, dependencies: IngestDependencies) =>
  middy<APIGatewayProxyEventV2, HttpAnswer, Error, Context>()
    .use(carryCorrelationId())
    .use(answerProblems(webhook.name))
    .handler((event) => receive(webhook, event, dependencies));

/** @throws Problem for every answer but 202 */
export async function receive(
  webhook: Webhook,
  event: APIGatewayProxyEventV2,
  { senderKey, enqueue, reject, now }: IngestDependencies,
): Promise<HttpAnswer> {
  await checkSenderKey(webhook, event, senderKey);
  const { versionHeader } = webhook.authentication;
  const reading = readBody(webhook, event);
  const { id, payload, problem, unusable } = reading;
  const version = (versionHeader && event.headers[versionHeader]) || '';
  const received = { version, correlationId: correlationIdOf(event) };
  if (problem || unusable.length > 0) {
    await quarantineDelivery(webhook, reading, { ...received, now: now() }, reject);
  }
  if (problem) throw Object.assign(problem, { eventId: id });
  // The gateway's clock, which all functions share: it orders the facts that have no time of their own.
  const receivedAt = event.requestContext?.timeEpoch ?? now();
  const answer = await enqueueDelivery(webhook, { id, payload, ...received, now: receivedAt }, enqueue);
  // IGF may send nothing for days. Winkelstraat's silence is an alarm.
  if (webhook.path.startsWith(winkelstraatPath)) measure('webhooks-accepted', 1);
  return answer;
}
