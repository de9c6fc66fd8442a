import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { StoredItem } from '../../../lib/table/dynamodb.ts';
import { queryTasks } from '../../../lib/table/tasks-index.ts';

const now = Date.parse('2026-03-01T12:00:00.000Z');
const key = (sk: string) => ({ pk: 'ORDER#1', sk });

/** A client for which the index lists these keys, and the table has these items. */
function clientOf(listed: readonly string[], items: readonly StoredItem[]): DynamoDBDocumentClient {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-1' }));
  const send = async (command: unknown) =>
    command instanceof GetCommand
      ? { Item: items.find(({ sk }) => sk === command.input.Key?.sk) }
      : { Items: listed.map(key) };
  return Object.assign(client, { send });
}
const listOf = (listed: readonly string[], items: readonly StoredItem[]): Promise<StoredItem[]> =>
  Array.fromAsync(
    queryTasks(clientOf(listed, items), { tableName: 'table', indexName: 'tasks', now: () => now }, 'OPEN'),
  );

test('an entry has everything that the table has of its item, in the order of the index', async () => {
  const items = ['b', 'a'].map((sk) => ({ ...key(sk), task: 'OPEN', due: '2026', why: `because of ${sk}` }));

  expect(await listOf(['a', 'b'], items)).toEqual([items[1], items[0]]);
});

test('an item that is gone, expired or in another partition by now is left out, although the index lists it', async () => {
  const items = [
    { ...key('moved'), task: 'ATTENTION' },
    { ...key('done') },
    { ...key('expired'), task: 'OPEN', expiresAt: now / 1000 },
    { ...key('open'), task: 'OPEN', expiresAt: now / 1000 + 1 },
  ];

  const listed = await listOf(['gone', 'moved', 'done', 'expired', 'open'], items);

  expect(listed.map(({ sk }) => sk)).toEqual(['open']);
});

test('more entries than are read at once are all listed', async () => {
  const listed = Array.from({ length: 60 }, (_, at) => String(at));
  const items = listed.map((sk) => ({ ...key(sk), task: 'OPEN' }));

  expect((await listOf(listed, items)).map(({ sk }) => sk)).toEqual(listed);
});
