import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Shipment } from '../../lib/returns/order.ts';
import type { ReturnItem } from '../../lib/returns/return-item.ts';
import { type BridgeTable, bridgeTable } from '../../lib/table/bridge-table.ts';
import { anAttempt } from '../support/builders.ts';
import { documentClient, type Stack, startDeadlineMs, startWorld, type World } from '../support/world.ts';

let world: World;
let stack: Stack;
let client: DynamoDBDocumentClient;
let table: BridgeTable;
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
}, startDeadlineMs);
afterAll(async () => {
  client?.destroy();
  await world?.close();
});
beforeEach(async () => {
  stack = await world.deploy();
  table = bridgeTable(client, stack.table);
  calls.length = 0;
});

const aReturn = (change: Partial<ReturnItem> = {}): ReturnItem => ({
  orderId: 'order',
  rmaId: 'rma',
  itemId: 'item',
  family: 'stock-hub',
  rev: 0,
  state: 'Requested',
  why: 'It is recorded.',
  ...change,
});

const aShipment = (change: Partial<Shipment> = {}): Shipment => ({
  orderId: 'order',
  shipmentId: 'shipment',
  rev: 0,
  items: [{ sku: 'a', quantity: 1, price: 10 }],
  ...change,
});

const write = async (content: ReturnItem) => table.write({ kind: 'return', content });
const kilobytes = (count: number): string => 'x'.repeat(count * 1000);

describe('the story of an order', () => {
  test('is read to its end, though it takes several pages', async () => {
    const itemIds = Array.from({ length: 8 }, (_, index) => `item-${index}`);
    await Promise.all(itemIds.map((itemId) => write(aReturn({ itemId, why: kilobytes(390) }))));
    await table.write({ kind: 'shipment', content: aShipment() });
    calls.length = 0;

    const order = await table.readOrder('order');
    expect(order.returns.map(({ itemId }) => itemId)).toEqual(itemIds);
    expect(order.shipments).toHaveLength(1);
    expect(calls.length).toBeGreaterThan(2);
  });

  test('reads no delivery: megabytes of them cost no page', async () => {
    await write(aReturn());
    for (const id of ['a', 'b', 'c', 'd']) {
      await table.recordDelivery(anAttempt({}, { id, payload: kilobytes(380) }));
    }
    calls.length = 0;
    expect((await table.readOrder('order')).returns).toHaveLength(1);
    expect(calls).toHaveLength(1);
  });

  test('is read strongly consistent on every page', async () => {
    for (const itemId of ['a', 'b', 'c', 'd']) await write(aReturn({ itemId, why: kilobytes(390) }));
    calls.length = 0;
    await table.readOrder('order');
    expect(calls.length).toBeGreaterThan(1);
    expect(calls.map(({ ConsistentRead }) => ConsistentRead)).toEqual(calls.map(() => true));
  });

  test('holds nothing of another order', async () => {
    await write(aReturn({ orderId: 'order-2' }));
    expect(await table.readOrder('order')).toEqual({
      orderId: 'order',
      shipments: [],
      rmas: [],
      returns: [],
      forwarded: [],
    });
  });

  test('gives back what was written, one write further', async () => {
    const item = aReturn({
      opening: {
        sku: 'a',
        status: 'authorized',
        receivedAt: '2025-03-01T10:00:00.000Z',
        price: 12.95,
        address: { lastName: 'van ’t Hoff 👟', phone: undefined },
      },
      attention: undefined,
    });
    await write(item);
    const address = { lastName: 'van ’t Hoff 👟' };
    const { attention: _, ...content } = { ...item, opening: { ...item.opening, address } };
    expect((await table.readOrder('order')).returns).toEqual([{ ...content, rev: 1 }]);
  });
});

describe('a write', () => {
  test('of a new item is done for one of many who try', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => write(aReturn())));
    expect(outcomes.toSorted()).toEqual([...Array(9).fill('changed'), 'written']);
  });

  test('is done for one of many who read the same item, and changes nothing for the others', async () => {
    await write(aReturn());
    const [read = aReturn()] = (await table.readOrder('order')).returns;
    const whys = Array.from({ length: 10 }, (_, index) => `Worker ${index} was here.`);
    const outcomes = await Promise.all(whys.map((why) => write({ ...read, why })));

    expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1);
    const winner = whys[outcomes.indexOf('written')];
    expect((await table.readOrder('order')).returns).toEqual([{ ...read, why: winner, rev: 2 }]);
  });

  test.each([
    ['shipment', () => table.write({ kind: 'shipment', content: aShipment() })],
    [
      'RMA',
      () =>
        table.write({
          kind: 'rma',
          content: { orderId: 'order', rmaId: 'rma', rev: 0, status: 'pending', receivedAt: '2025-03-01' },
        }),
    ],
  ] as const)('of a %s conflicts as well', async (_kind, writeIt) => {
    expect(await writeIt()).toBe('written');
    expect(await writeIt()).toBe('changed');
  });

  test('fails, and is no conflict, when the table is not there', async () => {
    const nowhere = bridgeTable(client, 'no-such-table');
    await expect(nowhere.write({ kind: 'return', content: aReturn() })).rejects.toThrow();
  });
});

describe('the outcome of a claimed call', () => {
  const pendingCall = {
    operation: 'list' as const,
    request: '',
    token: 'ours',
    until: '2025-03-01T10:02:00.000Z',
  };
  const listed = { state: 'Listed', why: 'It is listed.', listingId: 7 } as const;

  test('is stored, and the claim given back, for who holds it', async () => {
    await write(aReturn({ pendingCall, attention: 'Look!', state: 'Listing' }));
    const settled = await table.completeClaim(aReturn(), 'ours', {
      ...listed,
      attention: null,
      refusal: null,
    });
    const expected = aReturn({ ...listed, rev: 2 });
    expect(settled).toEqual(expected);
    expect((await table.readOrder('order')).returns).toEqual([expected]);
  });

  test.each([
    ['another holds the claim by now', { pendingCall: { ...pendingCall, token: 'theirs' } }],
    ['nobody holds a claim any more', {}],
  ])('is lost, and nothing is written, when %s', async (_why, change) => {
    await write(aReturn(change));
    expect(await table.completeClaim(aReturn(), 'ours', listed)).toBe('changed');
    expect((await table.readOrder('order')).returns).toEqual([aReturn({ ...change, rev: 1 })]);
  });

  test('is lost when there is no such item, and makes none', async () => {
    expect(await table.completeClaim(aReturn(), 'ours', listed)).toBe('changed');
    expect((await table.readOrder('order')).returns).toEqual([]);
  });

  test('takes nothing back of what was recorded meanwhile, and tells it', async () => {
    await write(aReturn({ pendingCall }));
    const [held = aReturn()] = (await table.readOrder('order')).returns;
    const opening = { sku: 'a', status: 'denied', receivedAt: '2025-03-01T10:01:00.000Z' } as const;
    await write({ ...held, opening });

    const settled = await table.completeClaim(held, 'ours', listed);
    expect(settled).toEqual(aReturn({ ...listed, opening, rev: 3 }));
  });

  test('makes whoever read before it conflict', async () => {
    await write(aReturn({ pendingCall }));
    const [read = aReturn()] = (await table.readOrder('order')).returns;
    await table.completeClaim(read, 'ours', listed);
    expect(await write({ ...read, why: 'An old view.' })).toBe('changed');
  });
});

describe('ids with the separator of keys', () => {
  test('keep returns apart that would else share a key', async () => {
    const returns = [
      aReturn({ rmaId: 'a#b', itemId: 'c' }),
      aReturn({ rmaId: 'a', itemId: 'b#c' }),
      aReturn({ rmaId: 'a%23b', itemId: 'c' }),
    ];
    for (const item of returns) expect(await write(item)).toBe('written');
    const read = (await table.readOrder('order')).returns.map(({ rmaId, itemId }) => [rmaId, itemId]);
    expect(read.toSorted()).toEqual(returns.map(({ rmaId, itemId }) => [rmaId, itemId]).toSorted());
  });

  test('keep orders apart, and every kind of item is found under them', async () => {
    await write(aReturn({ orderId: 'o#1' }));
    await write(aReturn({ orderId: 'o%231' }));
    await table.write({ kind: 'shipment', content: aShipment({ orderId: 'o#1', shipmentId: 's#1' }) });
    await table.recordDelivery(anAttempt({ orderId: 'o#1' }));
    const order = await table.readOrder('o#1');
    expect(order.returns).toMatchObject([{ orderId: 'o#1' }]);
    expect(order.shipments).toMatchObject([{ shipmentId: 's#1' }]);
  });
});
