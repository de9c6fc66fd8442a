import fc from 'fast-check';
import type { OrderFact } from '../../../lib/facts/facts.ts';
import { recordFacts } from '../../../lib/record/record-facts.ts';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import {
  creditMemoFact,
  factsOf,
  ofOrder,
  ofReturn,
  openingFact,
  orderOf,
  rmaFact,
  salesOrderFact,
  sample,
  shipmentFact,
  stockHubRma,
  trackFact,
} from '../../support/builders.ts';
import { inMemoryTable } from '../../support/doubles/in-memory-table.ts';

test('the facts of a webhook are written to their items, and the order is read after the last write', async () => {
  const table = inMemoryTable();
  const facts = factsOf('stock-hub/v1/rma', stockHubRma({}, { id: 90 }, { id: 91 }));

  const { order: recorded, written } = await recordFacts(ofOrder.orderId, facts, table);

  expect(written).toBe(3);
  expect(recorded.rmas).toHaveLength(1);
  expect(recorded.returns.map(({ itemId, rev }) => [itemId, rev])).toEqual([
    ['90', 1],
    ['91', 1],
  ]);
  expect(table.calls).toEqual(['readOrder', 'write', 'write', 'write', 'readOrder']);
});

test('known facts cost one read and no write', async () => {
  const facts = [rmaFact(), openingFact(), shipmentFact()];
  const table = inMemoryTable(orderOf(...facts));

  const { written } = await recordFacts(ofOrder.orderId, facts, table);

  expect(written).toBe(0);
  expect(table.calls).toEqual(['readOrder']);
});

test('a track and its shipment are one entity, and each document of the order is another', async () => {
  const table = inMemoryTable();
  const facts = [
    trackFact(),
    shipmentFact(),
    salesOrderFact(),
    creditMemoFact(),
    creditMemoFact({ lineId: '2' }),
  ];

  const { order: recorded, written } = await recordFacts(ofOrder.orderId, facts, table);

  expect(written).toBe(4);
  expect(recorded).toMatchObject({
    shipments: [{ items: [{ sku: 'sku-90' }], track: { number: '1Z7E3V556825150AAP' } }],
    salesOrder: { items: [{ price: 265 }] },
    creditMemos: [{ lineId: '2' }, { lineId: 'sku-90~1' }],
  });
  expect((await recordFacts(ofOrder.orderId, facts, table)).written).toBe(0);
});

test('the vendor’s own examples of all webhooks make one order, in whatever order they arrive', async () => {
  const webhooks = senders[0]?.webhooks ?? [];
  const deliveries = webhooks.map(({ name }) => factsOf(name, sample(name.replaceAll('/', '-'))));
  const recordAll = async (facts: OrderFact[][]) => {
    const table = inMemoryTable();
    for (const delivery of facts) await recordFacts(ofOrder.orderId, delivery, table);
    return JSON.parse(
      JSON.stringify(table.order(ofOrder.orderId), (key, value) => (key === 'rev' ? undefined : value)),
    );
  };
  const expected = await recordAll(deliveries);

  expect(webhooks).toHaveLength(14);
  expect(expected).toMatchObject({
    salesOrder: { items: [{ quantity: 2 }] },
    shipments: [
      { shipmentId: '000000284', track: { number: '1Z97W1439114670017' } },
      { shipmentId: '000000288' },
    ],
    rmas: [{ rmaId: '000000078' }, { rmaId: '000000093' }],
    returns: [{ itemId: 'YEK' }, { itemId: '90' }],
    creditMemos: [{ family: 'push-api' }, { family: 'stock-hub' }],
  });
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(deliveries, { minLength: deliveries.length }), async (shuffled) =>
      expect(await recordAll(shuffled)).toEqual(expected),
    ),
    { numRuns: 30 },
  );
});

test('a fact that changes nothing costs one read', async () => {
  const table = inMemoryTable();

  await recordFacts(ofOrder.orderId, [{ kind: 'no-change', ...ofOrder }], table);

  expect(table.calls).toEqual(['readOrder']);
});

test('a fact changes no other order', async () => {
  const table = inMemoryTable(orderOf(openingFact({ orderId: 'another' })));

  const { order: recorded } = await recordFacts(ofOrder.orderId, [openingFact()], table);

  expect(recorded.returns).toMatchObject([{ orderId: '000000549' }]);
});

test('what another worker wrote meanwhile is merged, not overwritten', async () => {
  const table = inMemoryTable(orderOf(openingFact()));
  const denied = openingFact({ status: 'denied' });
  table.beforeNext('write', () => recordFacts(ofOrder.orderId, [denied], table));

  const late = openingFact({ reason: 'too_small', receivedAt: '2024-03-09T00:00:00.000Z' });
  const { order: recorded } = await recordFacts(ofOrder.orderId, [late], table);

  expect(recorded.returns).toMatchObject([{ opening: { status: 'denied' } }]);
});

test('thirty deliveries at once leave one return', async () => {
  const table = inMemoryTable();
  const facts = [rmaFact(), openingFact()];

  await Promise.all(Array.from({ length: 30 }, () => recordFacts(ofOrder.orderId, facts, table)));

  expect(table.order(ofOrder.orderId)).toMatchObject({ rmas: [{ rev: 1 }], returns: [{ rev: 1 }] });
});

test('a worker that meets another writer at every attempt gives up until later', async () => {
  const table = inMemoryTable(orderOf(openingFact()));
  table.before(async (call) => {
    if (call === 'write') table.touch(ofReturn);
  });

  const recording = recordFacts(ofOrder.orderId, [openingFact({ status: 'denied' })], table);

  await expect(recording).rejects.toMatchObject({ name: 'ContendedError' });
});

test('an item that a webhook names twice is one return', async () => {
  const table = inMemoryTable();

  await recordFacts(ofOrder.orderId, [openingFact(), openingFact({ status: 'received' })], table);

  expect(table.order(ofOrder.orderId).returns).toMatchObject([{ opening: { status: 'received' } }]);
});

test('of an item that a webhook names several times, the last entry counts', async () => {
  const table = inMemoryTable();
  const reasons = ['too_small', 'too_big', 'wrong_color', 'too_small'];

  await recordFacts(
    ofOrder.orderId,
    reasons.map((reason) => openingFact({ reason })),
    table,
  );

  expect(table.order(ofOrder.orderId).returns).toMatchObject([{ opening: { reason: 'too_small' } }]);
});

test.each(['items', 'lines of a credit memo'])('twice as many %s are twice the work', async (what) => {
  /** How often the fields of so many facts are read. */
  const readsOf = async (count: number): Promise<number> => {
    let reads = 0;
    const facts = Array.from({ length: count }, (_, n) =>
      what === 'items' ? openingFact({ itemId: `${n}` }) : creditMemoFact({ lineId: `${n}` }),
    );
    const counted = facts.map(
      (fact) =>
        new Proxy(fact, {
          get: (target, name) => {
            reads += 1;
            return Reflect.get(target, name);
          },
        }),
    );
    const { written } = await recordFacts(ofOrder.orderId, counted, inMemoryTable());
    expect(written).toBe(count);
    return reads;
  };

  expect(await readsOf(400)).toBe(2 * (await readsOf(200)));
});
