import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { clientSettings } from '../lib/aws/clients.ts';
import { readCurrent } from '../lib/aws/secret.ts';
import { cachedSecret } from '../lib/cached-secret.ts';
import { senders } from '../lib/catalogue.ts';
import { readEnvironment, WorkerEnvironment } from '../lib/environment.ts';
import { readPathCorrections } from '../lib/igf/path-corrections.ts';
import { logInfo } from '../lib/log.ts';
import { Policy } from '../lib/policy.ts';
import { bridgeTable } from '../lib/table/bridge-table.ts';
import { igfTimeoutSeconds } from '../lib/timing.ts';
import { workerIgf } from '../lib/worker/igf.ts';
import { workerHandler } from '../lib/worker/worker-handler.ts';

/** Wires one sender's worker: environment and clients once at cold start, then the handler. */
export function worker(senderName: string) {
  const environment = readEnvironment(WorkerEnvironment);
  const sender = senders.find(({ name }) => name === senderName);
  if (!sender) throw new Error(`The catalogue has no sender ${senderName}.`);
  const now = () => Date.now();

  const sqs = new SQSClient(clientSettings);
  const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const igfKey = cachedSecret(
    readCurrent(new SecretsManagerClient(clientSettings), environment.IGF_KEY_SECRET_ID),
    now,
  );

  return workerHandler({
    sender,
    table: bridgeTable(dynamodb, environment.TABLE_NAME),
    igf: workerIgf({
      baseUrl: environment.IGF_BASE_URL,
      corrections: readPathCorrections(environment.IGF_PATHS),
      apiKey: async () => {
        const [key] = await igfKey.values();
        if (!key) throw new Error('The IGF api-key has no value yet: put it into its secret.');
        return key;
      },
      timeoutMs: igfTimeoutSeconds * 1000,
      onCall: ({ operation, status, ms }) => logInfo({ step: 'called', operation, status, ms }),
      now,
    }),
    policy: z.parse(Policy, JSON.parse(environment.POLICY)),
    claimLeaseMs: environment.CLAIM_LEASE_SECONDS * 1000,
    now,
    random: () => Math.random(),
    newToken: () => randomUUID(),
    queue: {
      delay: async (receiptHandle, seconds) => {
        await sqs.send(
          new ChangeMessageVisibilityCommand({
            QueueUrl: environment.QUEUE_URL,
            ReceiptHandle: receiptHandle,
            VisibilityTimeout: seconds,
          }),
        );
      },
      park: async (body, attributes) => {
        await sqs.send(
          new SendMessageCommand({
            QueueUrl: environment.DEAD_LETTER_QUEUE_URL,
            MessageBody: body,
            MessageAttributes: Object.fromEntries(
              Object.entries(attributes).map(([name, value]) => [
                name,
                { DataType: 'String', StringValue: value },
              ]),
            ),
          }),
        );
      },
    },
  });
}
