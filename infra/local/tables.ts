import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { TablePart } from './stack-parts.ts';

/**
 * Creates the tables with their indexes. Items expire only where the engine knows expiry: dynalite does not, and AWS
 * itself deletes an expired item up to days later, so that nothing may rely on it.
 */
export async function createTables(dynamodb: DynamoDBClient, tables: readonly TablePart[]): Promise<void> {
  for (const table of tables) {
    await dynamodb.send(new CreateTableCommand(createTableInput(table)));
    // Without jitter and from 20 ms on: the local engines have the table at once, or nearly.
    await waitUntilTableExists(
      { client: dynamodb, maxWaitTime: 15, minDelay: 0.02 },
      { TableName: table.name },
    );
    if (table.timeToLiveAttribute) await enableTimeToLive(dynamodb, table.name, table.timeToLiveAttribute);
  }
}

/** `CreateTable`'s input; the template's shapes are the API's own, of a table and of a global table alike. */
export function createTableInput(table: TablePart): CreateTableCommandInput {
  const index = ({ IndexName, KeySchema, Projection }: TablePart['globalIndexes'][number]) => ({
    IndexName,
    KeySchema,
    Projection,
  });
  return {
    TableName: table.name,
    AttributeDefinitions: table.attributeDefinitions,
    KeySchema: table.keySchema,
    ...(table.globalIndexes.length > 0 && { GlobalSecondaryIndexes: table.globalIndexes.map(index) }),
    ...(table.localIndexes.length > 0 && { LocalSecondaryIndexes: table.localIndexes.map(index) }),
    BillingMode: 'PAY_PER_REQUEST',
  } as unknown as CreateTableCommandInput;
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
