import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { QuarantineEnvironment, readEnvironment } from '../../lib/config/environment.ts';
import { quarantineHandler } from '../../lib/quarantine/quarantine-handler.ts';
import { rejectedItems } from '../../lib/quarantine/rejected-items.ts';
import { clientSettings } from '../../lib/runtime/aws-clients.ts';
import { sqsQueue } from '../../lib/worker/acknowledge.ts';

const environment = readEnvironment(QuarantineEnvironment);
const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings), {
  marshallOptions: { removeUndefinedValues: true },
});
const now = () => Date.now();

export const handler = quarantineHandler({
  items: rejectedItems(dynamodb, environment.TABLE_NAME, now),
  queue: sqsQueue(new SQSClient(clientSettings), environment),
  now,
  random: () => Math.random(),
});
