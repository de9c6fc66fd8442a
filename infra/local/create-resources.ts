import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, type SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { QueuePart, TablePart, TopicPart } from './stack-parts.ts';

/**
 * Creates the queues, dead-letter queues first: a redrive policy names a queue that must exist.
 * @throws the SDK's error when SQS refuses an attribute of the template
 */
export async function createQueues(sqs: SQSClient, queues: readonly QueuePart[]): Promise<void> {
  const deadLetterQueuesFirst = queues.toSorted(
    (one, other) => Number(one.deadLetterArn !== undefined) - Number(other.deadLetterArn !== undefined),
  );
  for (const { name, attributes } of deadLetterQueuesFirst) {
    await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { ...attributes } }));
  }
}

/** Creates the topics. They have no subscribers: the function that publishes prints a line. */
export async function createTopics(sns: SNSClient, topics: readonly TopicPart[]): Promise<void> {
  for (const { name } of topics) await sns.send(new CreateTopicCommand({ Name: name }));
}

/**
 * Creates the tables with their indexes. Items expire only if the engine supports it: dynalite does not, and AWS itself
 * deletes an expired item up to days later, so nothing may rely on it.
 */
export async function createTables(dynamodb: DynamoDBClient, tables: readonly TablePart[]): Promise<void> {
  for (const table of tables) {
    const input = { TableName: table.name, BillingMode: 'PAY_PER_REQUEST', ...table.schema };
    await dynamodb.send(new CreateTableCommand(input as CreateTableCommandInput));
    // Without jitter and from 20 ms on: the local engines have the table at once, or nearly.
    await waitUntilTableExists(
      { client: dynamodb, maxWaitTime: 15, minDelay: 0.02 },
      { TableName: table.name },
    );
    if (table.timeToLiveAttribute) await enableTimeToLive(dynamodb, table.name, table.timeToLiveAttribute);
  }
}

async function enableTimeToLive(dynamodb: DynamoDBClient, name: string, attribute: string): Promise<void> {
  const command = new UpdateTimeToLiveCommand({
    TableName: name,
    TimeToLiveSpecification: { AttributeName: attribute, Enabled: true },
  });
  await dynamodb.send(command).catch((error: Error) => {
    if (error.name !== 'UnknownOperationException') throw error;
  });
}
