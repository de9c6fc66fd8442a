import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { updateOrder, updateReturn } from '../../../lib/table/optimistic-update.ts';
import { ofOrder, ofReturn, openingFact, orderOf, shipmentFact } from '../../support/builders.ts';
import { inMemoryTable } from '../../support/doubles/in-memory-table.ts';

const start = () => inMemoryTable(orderOf(openingFact(), shipmentFact()));
const because =
  (why: string) =>
  (item: ReturnItem): ReturnItem => ({ ...item, why });

describe('an update of a return', () => {
  test('writes once, and answers the order as read afterwards', async () => {
    const table = start();
    const updated = await updateReturn(ofReturn, because('Changed.'), table);
    expect(updated.returns).toMatchObject([{ why: 'Changed.' }]);
    expect(table.calls).toEqual(['readOrder', 'write', 'readOrder']);
  });

  test.each([
    ['undefined', () => undefined],
    ['the same content', (item: ReturnItem) => ({ ...item })],
  ])('writes nothing when the change answers %s', async (_what, change) => {
    const table = start();
    expect(await updateReturn(ofReturn, change, table)).toEqual(table.order(ofOrder.orderId));
    expect(table.calls).toEqual(['readOrder']);
  });

  test('writes nothing when there is no such return', async () => {
    const table = start();
    const updated = await updateReturn({ ...ofReturn, itemId: 'another' }, because('Changed.'), table);
    expect(updated).toEqual(table.order(ofOrder.orderId));
  });

  test('starts again from what another worker wrote meanwhile', async () => {
    const table = start();
    table.beforeNext('write', () => updateReturn(ofReturn, (item) => ({ ...item, listingId: 7 }), table));
    const updated = await updateReturn(ofReturn, because('Changed.'), table);
    expect(updated.returns).toMatchObject([{ why: 'Changed.', listingId: 7 }]);
  });

  test('by twelve workers at once loses no change', async () => {
    const table = start();
    const names = Array.from({ length: 12 }, (_, index) => `${index}`);
    await Promise.all(
      names.map((name) =>
        updateReturn(
          ofReturn,
          (item) => ({ ...item, declinedShipments: [...(item.declinedShipments ?? []), name] }),
          table,
        ),
      ),
    );
    const [item] = table.order(ofOrder.orderId).returns;
    expect(item?.declinedShipments?.toSorted()).toEqual(names.toSorted());
  });

  test('gives up when others write the return at every attempt', async () => {
    const table = start();
    table.before(async (call) => {
      if (call === 'write') table.touch(ofReturn);
    });
    const updating = updateReturn(ofReturn, because('Changed.'), table);
    await expect(updating).rejects.toMatchObject({ name: 'ContendedError' });
    expect(table.calls.filter((call) => call === 'write')).toHaveLength(13);
  });
});

test('an update of an order that meets a conflict keeps what it has written, and counts each write once', async () => {
  const table = start();
  let rounds = 0;
  let writes = 0;
  table.before(async (call) => {
    if (call === 'write' && ++writes === 2) table.touch(ofReturn);
  });
  const { order: updated, written } = await updateOrder(
    ofOrder.orderId,
    ({ shipments, returns }) => {
      rounds += 1;
      return [
        ...shipments
          .filter(({ poNumber }) => poNumber !== 'PO')
          .map((content) => ({ kind: 'shipment' as const, content: { ...content, poNumber: 'PO' } })),
        ...returns
          .filter(({ why }) => why !== 'Changed.')
          .map((content) => ({ kind: 'return' as const, content: { ...content, why: 'Changed.' } })),
      ];
    },
    table,
  );
  expect({ rounds, written }).toEqual({ rounds: 2, written: 2 });
  expect(updated.shipments).toMatchObject([{ poNumber: 'PO', rev: 2 }]);
  expect(updated.returns).toMatchObject([{ why: 'Changed.', rev: 3 }]);
});
