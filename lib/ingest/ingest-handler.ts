import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { CachedSecret } from '../runtime/secret.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { answerProblems, carryCorrelationId, correlationIdOf } from './answers.ts';
import { type Accepted, limitBody, readBody } from './body.ts';
import { type Enqueue, enqueueDelivery } from './delivery.ts';
import type { HttpAnswer } from './problem.ts';
import { quarantineRejected } from './quarantine-rejected.ts';
import { checkSenderKey } from './sender-key.ts';

/** The dependencies of an ingest function: narrow functions, so that a test passes literals. */
interface IngestDependencies {
  senderKey: CachedSecret;
  /** Puts a delivery on its sender's queue. */
  enqueue: Enqueue;
  /** Puts a rejected delivery on the queue of the quarantine. */
  reject: Enqueue;
  now: () => number;
}

/**
 * The whole of an ingest function: check the sender, the size, the JSON and the webhook's shape, then enqueue the
 * delivery. It answers 202 only after SQS has taken the message. It answers 406 only after SQS has taken the message
 * for the quarantine. Every answer but 202 is a problem (RFC 9457).
 */
export function ingestHandler(webhook: Webhook, dependencies: IngestDependencies) {
  const handler = middy<APIGatewayProxyEventV2, HttpAnswer, Error, Context>()
    .use(carryCorrelationId())
    .use(answerProblems(webhook))
    .before(({ event }) =>
      checkSenderKey(
        webhook.authentication.credentialOf(event),
        webhook.authentication.location,
        dependencies.senderKey,
      ),
    )
    .before(({ event }) => limitBody(event))
    .use(quarantineRejected(webhook, dependencies))
    .use(readBody(webhook))
    .handler((event) =>
      enqueueDelivery(webhook, event as unknown as Accepted, correlationIdOf(event), dependencies),
    );
  return handler;
}
