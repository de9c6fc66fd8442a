import { type CreditMemo, returnIn, type SalesOrder } from '../../../lib/returns/order.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { aCreditMemo, aReturn, aShipment, now, ref, type TheTable, tenTimes } from './items.ts';

/** How a table stores orders, and the outcome of a claimed call. */
export function orderContract(table: TheTable): void {
  const write = (content: ReturnItem) => table().write({ kind: 'return', content });
  const read = async (): Promise<ReturnItem> => returnIn(await table().readOrder('order'), ref) ?? aReturn();

  describe('an order', () => {
    test('contains nothing of another order', async () => {
      await write(aReturn({ orderId: 'order-2' }));
      expect(await table().readOrder('order')).toEqual({
        orderId: 'order',
        shipments: [],
        rmas: [],
        returns: [],
        creditMemos: [],
        forwarded: [],
      });
    });

    test('is read as it was written, with the next revision and without undefined fields', async () => {
      const opening = {
        sku: 'a',
        status: 'authorized' as const,
        receivedAt: '2025-03-01T10:00:00.000Z',
        price: 12.95,
        address: { lastName: 'van ’t Hoff 👟', phone: undefined },
      };
      await write(aReturn({ opening, attention: undefined }));
      const address = { lastName: 'van ’t Hoff 👟' };
      expect((await table().readOrder('order')).returns).toStrictEqual([
        aReturn({ opening: { ...opening, address }, rev: 1 }),
      ]);
    });

    test('is read in the order of its keys', async () => {
      for (const itemId of ['c', 'a', 'b']) await write(aReturn({ itemId }));
      const { returns } = await table().readOrder('order');
      expect(returns.map(({ itemId }) => itemId)).toEqual(['a', 'b', 'c']);
    });

    test('has its sales order and the lines of its credit memos, each once', async () => {
      const salesOrder: SalesOrder = { orderId: 'order', rev: 0, items: [{ sku: 'a', quantity: 2 }] };
      expect(await table().write({ kind: 'sales-order', content: salesOrder })).toBe('written');
      expect(await table().write({ kind: 'sales-order', content: salesOrder })).toBe('changed');
      const memos = [
        aCreditMemo(),
        aCreditMemo({ lineId: 'line-2' }),
        aCreditMemo({ memoId: 'memo-2' }),
        aCreditMemo({ family: 'push-api' }),
      ];
      for (const content of memos)
        expect(await table().write({ kind: 'credit-memo', content })).toBe('written');
      // The line of a push-api memo has an id of its own, however the memo is named.
      const renamed = aCreditMemo({ family: 'push-api', memoId: 'memo-2' });
      expect(await table().write({ kind: 'credit-memo', content: renamed })).toBe('changed');
      const order = await table().readOrder('order');
      expect(order.salesOrder).toMatchObject({ ...salesOrder, rev: 1 });
      const lineOf = ({ family, memoId, lineId }: CreditMemo) => [family, memoId, lineId];
      expect(order.creditMemos.map(lineOf).toSorted()).toEqual(memos.map(lineOf).toSorted());
    });

    test('whose ids contain the separator of keys is kept apart from any other', async () => {
      const returns = [
        aReturn({ rmaId: 'a#b', itemId: 'c' }),
        aReturn({ rmaId: 'a', itemId: 'b#c' }),
        aReturn({ rmaId: 'a%23b', itemId: 'c' }),
      ];
      for (const item of returns) expect(await write(item)).toBe('written');
      const found = (await table().readOrder('order')).returns.map(({ rmaId, itemId }) => [rmaId, itemId]);
      expect(found.toSorted()).toEqual(returns.map(({ rmaId, itemId }) => [rmaId, itemId]).toSorted());
      await write(aReturn({ orderId: 'o#1' }));
      await write(aReturn({ orderId: 'o%231' }));
      await table().write({ kind: 'shipment', content: aShipment({ orderId: 'o#1', shipmentId: 's#1' }) });
      const order = await table().readOrder('o#1');
      expect(order.returns).toMatchObject([{ orderId: 'o#1' }]);
      expect(order.shipments).toMatchObject([{ shipmentId: 's#1' }]);
    });
  });

  describe('a write', () => {
    test('of a new item succeeds for one of many', async () => {
      const outcomes = await tenTimes(() => write(aReturn()));
      expect(outcomes.toSorted()).toEqual([...Array(9).fill('changed'), 'written']);
    });

    test('succeeds for one of many that read the same item, and the others change nothing', async () => {
      await write(aReturn());
      const before = await read();
      const outcomes = await tenTimes((index) => write({ ...before, why: `Worker ${index} was here.` }));
      expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1);
      const why = `Worker ${outcomes.indexOf('written')} was here.`;
      expect((await table().readOrder('order')).returns).toEqual([{ ...before, why, rev: 2 }]);
    });

    test('of an item that does not exist any more, or not yet, changes nothing', async () => {
      expect(await write(aReturn({ rev: 3 }))).toBe('changed');
      expect((await table().readOrder('order')).returns).toEqual([]);
    });

    test('of a shipment or an RMA has the same condition', async () => {
      const shipment = { kind: 'shipment', content: aShipment() } as const;
      const content = { orderId: 'order', rmaId: 'rma', rev: 0, status: 'pending', receivedAt: now } as const;
      for (const entity of [shipment, { kind: 'rma', content } as const]) {
        expect(await table().write(entity)).toBe('written');
        expect(await table().write(entity)).toBe('changed');
      }
    });
  });

  describe('the outcome of a claimed call', () => {
    const pendingCall = { operation: 'list', request: '', token: 'ours', until: now } as const;
    const listed = { state: 'Listed', why: 'It is listed.', listingId: 7 } as const;

    test('is stored under the token of the claim, and ends the claim', async () => {
      await write(aReturn({ pendingCall, attention: 'Look!', state: 'Listing' }));
      const outcome = { ...listed, attention: null, refusal: null };
      const expected = aReturn({ ...listed, rev: 2 });
      expect(await table().completeClaim(aReturn(), 'ours', outcome)).toEqual(expected);
      expect((await table().readOrder('order')).returns).toEqual([expected]);
    });

    test.each([
      ['another attempt has the claim', { pendingCall: { ...pendingCall, token: 'theirs' } }],
      ['nobody has a claim', {}],
    ])('is not stored when %s', async (_why, change) => {
      await write(aReturn(change));
      expect(await table().completeClaim(aReturn(), 'ours', listed)).toBe('changed');
      expect((await table().readOrder('order')).returns).toEqual([aReturn({ ...change, rev: 1 })]);
    });

    test('makes no item where there is none', async () => {
      expect(await table().completeClaim(aReturn(), 'ours', listed)).toBe('changed');
      expect((await table().readOrder('order')).returns).toEqual([]);
    });

    test('keeps what was recorded meanwhile, and returns it', async () => {
      await write(aReturn({ pendingCall }));
      const claimed = await read();
      const opening = { sku: 'a', status: 'denied', receivedAt: '2025-03-01T10:01:00.000Z' } as const;
      await write({ ...claimed, opening });
      const completed = await table().completeClaim(claimed, 'ours', listed);
      expect(completed).toEqual(aReturn({ ...listed, opening, rev: 3 }));
    });

    test('never replaces what an event of IGF has reported', async () => {
      const igf = { events: ['LABELED' as const] };
      await write(aReturn({ pendingCall, igf }));
      const outcome = { ...listed, igf: { events: [] } };
      expect(await table().completeClaim(aReturn(), 'ours', outcome)).toMatchObject({ igf });
      await write(aReturn({ itemId: 'item-2', pendingCall }));
      const other = await table().completeClaim(aReturn({ itemId: 'item-2' }), 'ours', outcome);
      expect(other).toMatchObject({ igf: { events: [] } });
    });

    test('removes what is null, also what an event of IGF has reported', async () => {
      const gone = { listingId: 7, igf: { events: [] }, igfOrderId: 3, igfShipmentId: 9 };
      await write(aReturn({ pendingCall, ...gone }));
      const outcome = {
        ...{ state: 'Cancelled' as const, why: 'Withdrawn.', earlierListings: [{ listingId: 7 }] },
        ...{ listingId: null, igf: null, igfOrderId: null, igfShipmentId: null },
      };
      const { listingId, igf, igfOrderId, igfShipmentId, ...stored } = outcome;
      expect(await table().completeClaim(aReturn(), 'ours', outcome)).toEqual(aReturn({ ...stored, rev: 2 }));
    });

    test('makes a write of what was read before it fail', async () => {
      await write(aReturn({ pendingCall }));
      const before = await read();
      await table().completeClaim(before, 'ours', listed);
      expect(await write({ ...before, why: 'An old view.' })).toBe('changed');
    });
  });
}
