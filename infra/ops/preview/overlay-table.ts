import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { host } from '../../local-services.ts';
import { documentsOf, settingsAt, type TableClient, tableClient } from '../aws/open-bridge.ts';

/** Tables in memory over the bridge's own. */
export type Overlays = Awaited<ReturnType<typeof openOverlays>>;

/**
 * Starts dynalite in this process. A command to an overlay first copies the partition that it names from the bridge's
 * table, then runs in memory. So reads see the real items and the overlay's own writes, and every condition and update
 * is evaluated. The bridge's table is only queried, never written.
 */
export async function openOverlays(bridge: TableClient) {
  const { default: dynalite } = await import('dynalite');
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const settings = { ...settingsAt(`http://${host}:${port}`), region: 'local' };
  const memory = new DynamoDBClient(settings);
  const clients = [memory];
  let count = 0;
  return {
    /** A fresh overlay. */
    async create(): Promise<TableClient> {
      count += 1;
      const table = `overlay-${count}`;
      await createTable(memory, table);
      const client = new DynamoDBClient(settings);
      clients.push(client);
      copyOnTouch(client, bridge, tableClient(documentsOf(memory), table));
      return tableClient(documentsOf(client), table);
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function createTable(client: DynamoDBClient, TableName: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 15, minDelay: 0.005 }, { TableName });
}

/** Lets every command of the client wait until the partition that it names was copied. */
function copyOnTouch(client: DynamoDBClient, from: TableClient, to: TableClient): void {
  const copied = new Map<string, Promise<void>>();
  client.middlewareStack.add(
    (next) => async (args) => {
      const pk = partitionOf(args.input);
      const copying = copied.get(pk) ?? copyPartition(pk, from, to);
      copied.set(pk, copying);
      await copying;
      return next(args);
    },
    { step: 'initialize' },
  );
}

/** @throws Error for a command that names no single partition */
function partitionOf(input: unknown): string {
  const { Key, Item, ExpressionAttributeValues } = Object(input);
  const pk = Key?.pk ?? Item?.pk ?? ExpressionAttributeValues?.[':pk'];
  if (typeof pk !== 'string') throw new Error('An overlay table takes only commands about one partition.');
  return pk;
}

async function copyPartition(pk: string, from: TableClient, to: TableClient): Promise<void> {
  await Promise.all((await from.items.query(pk)).map((item) => to.items.put(item)));
}
