import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ingestHandler } from '../../../lib/ingest/ingest-handler.ts';
import { clientSettings } from '../../../lib/runtime/aws-clients.ts';
import { cachedSecret, readCurrentAndPrevious } from '../../../lib/runtime/secret.ts';
import { stockHubV1Rma } from '../../../lib/webhooks/winkelstraat/rmas.ts';

/** Our ingest function over the SDK's clients, with nothing done ahead in init: what our own client is compared with. */
const { QUEUE_URL, SENDER_KEY_SECRET_ID = '' } = process.env;
const secrets = new SecretsManagerClient(clientSettings);
const sqs = new SQSClient(clientSettings);
const now = (): number => Date.now();
const enqueue = async (message: { body: string; groupId: string }): Promise<void> => {
  const { body: MessageBody, groupId: MessageGroupId } = message;
  await sqs.send(new SendMessageCommand({ QueueUrl: QUEUE_URL, MessageBody, MessageGroupId }));
};
const getSecretValue = (input: { SecretId: string; VersionStage: string }) =>
  secrets.send(new GetSecretValueCommand(input));

export const handler = ingestHandler(stockHubV1Rma, {
  senderKey: cachedSecret(readCurrentAndPrevious(getSecretValue, SENDER_KEY_SECRET_ID), now),
  enqueue,
  reject: enqueue,
  now,
});
