import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type BridgeTable, bridgeTable } from '../../lib/table/bridge-table.ts';
import { tableItems } from '../../lib/table/dynamodb.ts';
import { keys } from '../../lib/table/keys.ts';
import { putMapping } from '../../lib/table/term-mappings.ts';
import { anAttempt } from '../support/builders.ts';
import { aReturn, aShipment } from '../support/contracts/items.ts';
import { tableContract } from '../support/contracts/table.ts';
import { documentClient, startWorld, type World } from '../support/world.ts';

let world: World;
let client: DynamoDBDocumentClient;
/** The input of every call to the table. */
const calls: Record<string, unknown>[] = [];

beforeAll(async () => {
  world = await startWorld();
  client = documentClient(world.addresses.dynamodb);
  client.middlewareStack.add(
    (next) => (args) => {
      calls.push(args.input as unknown as Record<string, unknown>);
      return next(args);
    },
    { step: 'initialize', name: 'recording' },
  );
});
afterAll(async () => {
  client?.destroy();
  await world?.close();
});

tableContract(async () => {
  const { table } = await world.deploy();
  return {
    table: bridgeTable(client, table),
    map: (mapping) => putMapping(tableItems(client, table), mapping, { at: '2024-03-11T12:00:00.000Z' }),
  };
});

describe('the skeleton of a return that is over', () => {
  const over = { state: 'Cancelled', why: 'It was withdrawn.', rule: 'cancel-listing' } as const;
  const skeletonsWritten = (): unknown[] =>
    calls.flatMap(({ Item }) => (/^SKELETON/.test(String(Object(Item).sk)) ? Object(Item).why : []));
  let table: BridgeTable;
  beforeEach(async () => {
    table = bridgeTable(client, (await world.deploy()).table);
    calls.length = 0;
  });
  const read = async () => (await table.readOrder('order')).returns[0] ?? aReturn();

  test('is written once, although its return is written again with fields in another order', async () => {
    await table.write({ kind: 'return', content: aReturn(over) });
    const { rule, state, ...others } = await read();
    await table.write({ kind: 'return', content: { ...others, ...(rule && { rule }), state } });
    expect(skeletonsWritten()).toEqual([over.why]);
  });

  test('has what others recorded during the call that ended it', async () => {
    const pendingCall = { operation: 'cancel', request: '', token: 'ours', until: '' } as const;
    await table.write({ kind: 'return', content: aReturn({ ...over, pendingCall }) });
    const claimed = await read();
    await table.write({ kind: 'return', content: { ...claimed, lastUpdateAt: '2024-03-11T12:00:00.000Z' } });
    await table.completeClaim(claimed, 'ours', over);

    const written = calls.findLast(({ Item }) => /^SKELETON/.test(String(Object(Item).sk)));
    expect(written?.Item).toMatchObject({ lastUpdateAt: '2024-03-11T12:00:00.000Z' });
  });
});

test('an event that waits for its return expires after a month, and a pointer never does', async () => {
  const { table: name } = await world.deploy();
  const table = bridgeTable(client, name);
  const object = { kind: 'LISTING', id: 7 } as const;
  const expiry = async () => (await tableItems(client, name).get(keys.pointer(object)))?.expiresAt;
  const at = '2024-03-11T12:00:00.000Z';

  await table.keepWaiting(object, { eventId: 'one', fact: { kind: 'igf', listingId: 7 } }, at);
  expect(await expiry()).toBe(Date.parse('2024-04-10T12:00:00.000Z') / 1000);
  await table.point(object, aReturn());
  expect(await expiry()).toBeUndefined();
});

describe('reading an order from DynamoDB', () => {
  let table: BridgeTable;
  beforeEach(async () => {
    table = bridgeTable(client, (await world.deploy()).table);
  });
  const kilobytes = (count: number): string => 'x'.repeat(count * 1000);
  const writeLarge = (itemId: string) =>
    table.write({ kind: 'return', content: aReturn({ itemId, why: kilobytes(390) }) });

  test('reads all pages of a large order', async () => {
    const itemIds = Array.from({ length: 8 }, (_, index) => `item-${index}`);
    await Promise.all(itemIds.map(writeLarge));
    await table.write({ kind: 'shipment', content: aShipment() });
    calls.length = 0;

    const order = await table.readOrder('order');
    expect(order.returns.map(({ itemId }) => itemId)).toEqual(itemIds);
    expect(order.shipments).toHaveLength(1);
    expect(calls.length).toBeGreaterThan(2);
  });

  test('does not read deliveries, so megabytes of them cost no page', async () => {
    await table.write({ kind: 'return', content: aReturn() });
    for (const id of ['a', 'b', 'c', 'd']) {
      await table.recordDelivery(anAttempt({}, { id, payload: kilobytes(380) }));
    }
    calls.length = 0;
    expect((await table.readOrder('order')).returns).toHaveLength(1);
    expect(calls).toHaveLength(1);
  });

  test('is strongly consistent on every page', async () => {
    for (const itemId of ['a', 'b', 'c', 'd']) await writeLarge(itemId);
    calls.length = 0;
    await table.readOrder('order');
    expect(calls.length).toBeGreaterThan(1);
    expect(calls.map(({ ConsistentRead }) => ConsistentRead)).toEqual(calls.map(() => true));
  });

  test('a write to a table that does not exist fails, and does not count as a conflict', async () => {
    const nowhere = bridgeTable(client, 'no-such-table');
    await expect(nowhere.write({ kind: 'return', content: aReturn() })).rejects.toThrow();
  });
});
