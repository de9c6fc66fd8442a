import { mkdtempDisposableSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { createResources } from '../../../infra/local/create-resources.ts';
import { startDynamoDb } from '../../../infra/local/dynamodb.ts';
import { localClients } from '../../../infra/local/endpoints.ts';
import type { TablePart } from '../../../infra/local/stack-parts.ts';
import { until } from '../../support/eventually.ts';
import { addresses } from './fixture.ts';

const table: TablePart = {
  name: 'orders',
  schema: {
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'task', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'tasks',
        KeySchema: [{ AttributeName: 'task', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
  },
  timeToLiveAttribute: 'expiresAt',
};

async function start(onUnexpectedExit: (error: Error) => void = () => {}) {
  const hooks = { signal: new AbortController().signal, onUnexpectedExit };
  const open = new AsyncDisposableStack();
  const server = open.use(await startDynamoDb({ engine: 'dynalite', port: 0 }, hooks));
  const clients = open.use(localClients({ ...addresses, dynamodb: server.url }));
  return { server, clients, client: clients.dynamodb, hooks, close: () => open.disposeAsync() };
}

describe('the local table', () => {
  test('has the keys and indexes of the template, and can be used at once', async () => {
    const { clients, client, close } = await start();
    await createResources(clients, { tables: [table] });
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'orders' }));
    expect(Table?.KeySchema).toEqual(table.schema.KeySchema);
    const Item = { pk: { S: 'p' }, sk: { S: 's' }, task: { S: 'w' } };
    await client.send(new PutItemCommand({ TableName: 'orders', Item }));
    const { Items } = await client.send(
      new QueryCommand({
        TableName: 'orders',
        IndexName: 'tasks',
        KeyConditionExpression: '#task = :task',
        ExpressionAttributeNames: { '#task': 'task' },
        ExpressionAttributeValues: { ':task': { S: 'w' } },
      }),
    );
    expect(Items).toEqual([Item]);
    await close();
  });

  test('reports that it ended by itself, and nothing when it is closed', async () => {
    const exits: string[] = [];
    const { clients, close, server } = await start((error) => exits.push(error.message));
    await createResources(clients, { tables: [table] });
    // dynalite dies on an item that is nested far deeper than DynamoDB allows.
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.PutItem',
      'x-amz-date': '20260101T000000Z',
      authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=x',
    };
    const deep = `${'{"L":['.repeat(20_000)}{"S":"x"}${']}'.repeat(20_000)}`;
    const body = `{"TableName":"orders","Item":{"pk":{"S":"p"},"sk":{"S":"s"},"a":${deep}}}`;
    await fetch(server.url, { method: 'POST', headers, body }).catch(() => {});
    await until(() => exits.length > 0);
    expect(exits).toHaveLength(1);
    await close();

    const other = await start((error) => exits.push(error.message));
    await other.close();
    expect(exits).toHaveLength(1);
  });
});

test.each([
  ['there is none', undefined, 'No Java was found.'],
  ['it is broken', '#!/bin/sh\nexit 1\n', 'The Java here does not run: type java -version.'],
  ['it is old', '#!/bin/sh\necho \'version "11.0.2"\' >&2\n', 'This is Java 11.'],
])('DynamoDB Local says so when of Java %s', async (_what, script, message) => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'java-'));
  if (script !== undefined) writeFileSync(join(folder.path, 'java'), script, { mode: 0o755 });
  const { PATH } = process.env;
  process.env.PATH = folder.path;
  try {
    const hooks = { signal: new AbortController().signal, onUnexpectedExit: () => {} };
    const started = startDynamoDb({ engine: 'dynamodb-local', port: 0 }, hooks);
    await expect(started).rejects.toThrow(message);
  } finally {
    process.env.PATH = PATH;
  }
});
