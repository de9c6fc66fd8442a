import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { IngestEnvironment, readEnvironment } from '../../lib/config/environment.ts';
import type { Enqueue } from '../../lib/ingest/delivery.ts';
import { type IngestDependencies, ingestHandler } from '../../lib/ingest/ingest-handler.ts';
import { clientSettings } from '../../lib/runtime/aws-clients.ts';
import { cachedSecret, readCurrentAndPrevious } from '../../lib/runtime/secret.ts';
import type { Webhook } from '../../lib/webhooks/webhook.ts';

/** Wires one webhook's ingest function: environment and clients once at cold start, then the handler. */
export const ingest = (webhook: Webhook) => ingestHandler(webhook, ingestDependencies());

export function ingestDependencies(): IngestDependencies {
  const environment = readEnvironment(IngestEnvironment);
  const secrets = new SecretsManagerClient(clientSettings);
  const sqs = new SQSClient(clientSettings);
  const now = () => Date.now();

  const sendTo =
    (queueUrl: string): Enqueue =>
    async ({ body, groupId }) => {
      await sqs.send(
        new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageGroupId: groupId }),
      );
    };

  return {
    senderKey: cachedSecret(readCurrentAndPrevious(secrets, environment.SENDER_KEY_SECRET_ID), now),
    enqueue: sendTo(environment.QUEUE_URL),
    reject: sendTo(environment.REJECTED_QUEUE_URL),
    now,
  };
}
