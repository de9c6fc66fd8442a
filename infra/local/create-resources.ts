import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { LocalClients } from './endpoints.ts';
import type { QueuePart, StackParts, TablePart } from './stack-parts.ts';

/**
 * Creates queues, topics and tables. The topics have no subscribers: the function that publishes prints a line.
 * @throws the SDK's error when a service refuses a property of the template
 */
export async function createResources(
  { sqs, sns, dynamodb }: LocalClients,
  { queues = [], topics = [], tables = [] }: Partial<Pick<StackParts, 'queues' | 'topics' | 'tables'>>,
): Promise<void> {
  await Promise.all([
    createQueues(sqs, queues),
    ...topics.map(({ name }) => sns.send(new CreateTopicCommand({ Name: name }))),
    ...tables.map((table) => createTable(dynamodb, table)),
  ]);
}

/** Dead-letter queues first: a redrive policy names a queue that must exist. */
async function createQueues(sqs: SQSClient, queues: readonly QueuePart[]): Promise<void> {
  const deadLetterQueuesFirst = queues.toSorted(
    (one, other) => Number(one.deadLetterArn !== undefined) - Number(other.deadLetterArn !== undefined),
  );
  for (const { name, attributes } of deadLetterQueuesFirst) {
    await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  }
}

/**
 * Creates a table with its indexes. Items expire only if the engine supports it, and dynalite does not. AWS itself
 * deletes an expired item up to days later. So nothing may rely on it.
 */
async function createTable(dynamodb: DynamoDBClient, table: TablePart): Promise<void> {
  const { name: TableName, schema, timeToLiveAttribute: AttributeName } = table;
  const input = { TableName, BillingMode: 'PAY_PER_REQUEST', ...schema };
  await dynamodb.send(new CreateTableCommand(input as CreateTableCommandInput));
  // Without jitter and from 20 ms on: the local engines have the table at once, or nearly.
  await waitUntilTableExists({ client: dynamodb, maxWaitTime: 15, minDelay: 0.02 }, { TableName });
  if (!AttributeName) return;
  const TimeToLiveSpecification = { AttributeName, Enabled: true };
  await dynamodb
    .send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }))
    .catch((error: Error) => {
      if (error.name !== 'UnknownOperationException') throw error;
    });
}
