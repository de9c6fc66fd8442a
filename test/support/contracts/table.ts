import type { IgfFact } from '../../../lib/facts/igf-facts.ts';
import {
  type CreditMemo,
  type ReturnRef,
  returnIn,
  type SalesOrder,
  type Shipment,
} from '../../../lib/returns/order.ts';
import type { RelatedShipment, ReturnItem } from '../../../lib/returns/return-item.ts';
import { addSeconds } from '../../../lib/runtime/time.ts';
import { dailyNoticeSeconds } from '../../../lib/table/bridge-state.ts';
import type { BridgeTable } from '../../../lib/table/bridge-table.ts';
import { deliveryRetentionSeconds } from '../../../lib/table/deliveries.ts';
import { waitingSeconds } from '../../../lib/table/igf-pointers.ts';
import type { IgfObject } from '../../../lib/table/keys.ts';
import { linkRetentionSeconds } from '../../../lib/table/links.ts';
import type { Mapping } from '../../../lib/table/term-mappings.ts';
import { anAttempt } from '../builders.ts';

/** An empty table, and how an operator maps a term in it. */
export interface TableUnderTest {
  table: BridgeTable;
  map(mapping: Mapping): Promise<unknown>;
}

export const aReturn = (change: Partial<ReturnItem> = {}): ReturnItem => ({
  orderId: 'order',
  rmaId: 'rma',
  itemId: 'item',
  family: 'stock-hub',
  rev: 0,
  state: 'Requested',
  why: 'It is recorded.',
  ...change,
});

export const aShipment = (change: Partial<Shipment> = {}): Shipment => ({
  orderId: 'order',
  shipmentId: 'shipment',
  rev: 0,
  items: [{ sku: 'a', quantity: 1, price: 10 }],
  ...change,
});

const aCreditMemo = (change: Partial<CreditMemo> = {}): CreditMemo => ({
  orderId: 'order',
  memoId: 'memo',
  lineId: 'line',
  family: 'stock-hub',
  at: '2025-03-01T10:00:00.000Z',
  sku: 'a',
  rev: 0,
  ...change,
});

const now = '2024-03-11T12:00:00.000Z';
const ref: ReturnRef = { orderId: 'order', rmaId: 'rma', itemId: 'item' };
const otherRef: ReturnRef = { ...ref, itemId: 'item-2' };
const tenTimes = <T>(make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 10 }, (_, index) => make(index)));

/** What every table must do. The table in DynamoDB and the table in memory both run it. */
export function tableContract(make: () => Promise<TableUnderTest>): void {
  let table: BridgeTable;
  let map: TableUnderTest['map'];
  beforeEach(async () => {
    ({ table, map } = await make());
  });
  const write = (content: ReturnItem) => table.write({ kind: 'return', content });
  const read = async (): Promise<ReturnItem> => returnIn(await table.readOrder('order'), ref) ?? aReturn();

  describe('an order', () => {
    test('contains nothing of another order', async () => {
      await write(aReturn({ orderId: 'order-2' }));
      expect(await table.readOrder('order')).toEqual({
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
      expect((await table.readOrder('order')).returns).toStrictEqual([
        aReturn({ opening: { ...opening, address }, rev: 1 }),
      ]);
    });

    test('is read in the order of its keys', async () => {
      for (const itemId of ['c', 'a', 'b']) await write(aReturn({ itemId }));
      const { returns } = await table.readOrder('order');
      expect(returns.map(({ itemId }) => itemId)).toEqual(['a', 'b', 'c']);
    });

    test('has its sales order and the lines of its credit memos, each once', async () => {
      const salesOrder: SalesOrder = { orderId: 'order', rev: 0, items: [{ sku: 'a', quantity: 2 }] };
      expect(await table.write({ kind: 'sales-order', content: salesOrder })).toBe('written');
      expect(await table.write({ kind: 'sales-order', content: salesOrder })).toBe('changed');
      const memos = [
        aCreditMemo(),
        aCreditMemo({ lineId: 'line-2' }),
        aCreditMemo({ memoId: 'memo-2' }),
        aCreditMemo({ family: 'push-api' }),
      ];
      for (const content of memos)
        expect(await table.write({ kind: 'credit-memo', content })).toBe('written');
      // The line of a push-api memo has an id of its own, however the memo is named.
      const renamed = aCreditMemo({ family: 'push-api', memoId: 'memo-2' });
      expect(await table.write({ kind: 'credit-memo', content: renamed })).toBe('changed');
      const order = await table.readOrder('order');
      expect(order.salesOrder).toEqual({ ...salesOrder, rev: 1 });
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
      const found = (await table.readOrder('order')).returns.map(({ rmaId, itemId }) => [rmaId, itemId]);
      expect(found.toSorted()).toEqual(returns.map(({ rmaId, itemId }) => [rmaId, itemId]).toSorted());
      await write(aReturn({ orderId: 'o#1' }));
      await write(aReturn({ orderId: 'o%231' }));
      await table.write({ kind: 'shipment', content: aShipment({ orderId: 'o#1', shipmentId: 's#1' }) });
      const order = await table.readOrder('o#1');
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
      expect((await table.readOrder('order')).returns).toEqual([{ ...before, why, rev: 2 }]);
    });

    test('of an item that does not exist any more, or not yet, changes nothing', async () => {
      expect(await write(aReturn({ rev: 3 }))).toBe('changed');
      expect((await table.readOrder('order')).returns).toEqual([]);
    });

    test('of a shipment or an RMA has the same condition', async () => {
      const shipment = { kind: 'shipment', content: aShipment() } as const;
      const content = { orderId: 'order', rmaId: 'rma', rev: 0, status: 'pending', receivedAt: now } as const;
      for (const entity of [shipment, { kind: 'rma', content } as const]) {
        expect(await table.write(entity)).toBe('written');
        expect(await table.write(entity)).toBe('changed');
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
      expect(await table.completeClaim(aReturn(), 'ours', outcome)).toEqual(expected);
      expect((await table.readOrder('order')).returns).toEqual([expected]);
    });

    test.each([
      ['another attempt has the claim', { pendingCall: { ...pendingCall, token: 'theirs' } }],
      ['nobody has a claim', {}],
    ])('is not stored when %s', async (_why, change) => {
      await write(aReturn(change));
      expect(await table.completeClaim(aReturn(), 'ours', listed)).toBe('changed');
      expect((await table.readOrder('order')).returns).toEqual([aReturn({ ...change, rev: 1 })]);
    });

    test('makes no item where there is none', async () => {
      expect(await table.completeClaim(aReturn(), 'ours', listed)).toBe('changed');
      expect((await table.readOrder('order')).returns).toEqual([]);
    });

    test('keeps what was recorded meanwhile, and returns it', async () => {
      await write(aReturn({ pendingCall }));
      const claimed = await read();
      const opening = { sku: 'a', status: 'denied', receivedAt: '2025-03-01T10:01:00.000Z' } as const;
      await write({ ...claimed, opening });
      const completed = await table.completeClaim(claimed, 'ours', listed);
      expect(completed).toEqual(aReturn({ ...listed, opening, rev: 3 }));
    });

    test('never replaces what an event of IGF has reported', async () => {
      const igf = { events: ['LABELED' as const] };
      await write(aReturn({ pendingCall, igf }));
      const outcome = { ...listed, igf: { events: [] } };
      expect(await table.completeClaim(aReturn(), 'ours', outcome)).toMatchObject({ igf });
      await write(aReturn({ itemId: 'item-2', pendingCall }));
      const other = await table.completeClaim(aReturn({ itemId: 'item-2' }), 'ours', outcome);
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
      expect(await table.completeClaim(aReturn(), 'ours', outcome)).toEqual(aReturn({ ...stored, rev: 2 }));
    });

    test('makes a write of what was read before it fail', async () => {
      await write(aReturn({ pendingCall }));
      const before = await read();
      await table.completeClaim(before, 'ours', listed);
      expect(await write({ ...before, why: 'An old view.' })).toBe('changed');
    });
  });

  describe('the pointer of an IGF object', () => {
    const listing: IgfObject = { kind: 'LISTING', id: 7 };

    test('leads to its return, and the same number of another kind does not', async () => {
      expect(await table.findReturn(listing)).toBeUndefined();
      expect(await table.point(listing, aReturn())).toBe('pointed');
      expect(await table.findReturn(listing)).toEqual(ref);
      expect(await table.findReturn({ kind: 'ORDER', id: 7 })).toBeUndefined();
    });

    test('never moves', async () => {
      await table.point(listing, ref);
      expect(await table.point(listing, ref)).toBe('pointed');
      expect(await table.point(listing, otherRef)).toBe('other');
      expect(await table.findReturn(listing)).toEqual(ref);
    });

    test('is written by one of many returns', async () => {
      const outcomes = await tenTimes((index) => table.point(listing, { ...ref, itemId: `item-${index}` }));
      expect(outcomes.filter((outcome) => outcome === 'pointed')).toHaveLength(1);
    });
  });

  describe('an event that waits for its return', () => {
    const listing: IgfObject = { kind: 'LISTING', id: 7 };
    const fact: IgfFact = { kind: 'igf', event: 'LABELED', listingId: 7 };

    test('is read by its object, once however often it was kept', async () => {
      await table.keepWaiting(listing, { eventId: 'one', fact, at: now });
      await table.keepWaiting(listing, { eventId: 'one', fact, at: now });
      await table.keepWaiting(listing, { eventId: 'two', fact, at: now });
      expect(await table.readWaiting(listing, now)).toEqual([fact, fact]);
      expect(await table.readWaiting({ kind: 'ORDER', id: 7 }, now)).toEqual([]);
    });

    test('expires', async () => {
      await table.keepWaiting(listing, { eventId: 'one', fact, at: now });
      expect(await table.readWaiting(listing, addSeconds(now, waitingSeconds - 1))).toEqual([fact]);
      expect(await table.readWaiting(listing, addSeconds(now, waitingSeconds))).toEqual([]);
    });

    test('is no pointer', async () => {
      await table.keepWaiting(listing, { eventId: 'one', fact, at: now });
      expect(await table.findReturn(listing)).toBeUndefined();
    });
  });

  describe('a label and the shipment that is delivered under it', () => {
    const shipment = (track: string): RelatedShipment => ({
      orderId: 'buyers-order',
      shipmentId: 'shipment',
      track,
      delivered: true,
      at: '2024-03-11T09:00:00.000Z',
    });

    test('find each other, whichever comes first', async () => {
      expect(await table.registerLabel('A', aReturn(), now)).toBeUndefined();
      expect(await table.registerDelivery(shipment('A'), now)).toEqual(ref);
      expect(await table.registerDelivery(shipment('B'), now)).toBeUndefined();
      expect(await table.registerLabel('B', ref, now)).toEqual(shipment('B'));
    });

    test('find each other however often they are registered', async () => {
      await table.registerLabel('C#1', ref, now);
      await table.registerLabel('C#1', ref, now);
      await table.registerDelivery(shipment('C#1'), now);
      expect(await table.registerDelivery(shipment('C#1'), now)).toEqual(ref);
      expect(await table.registerLabel('C#1', ref, now)).toEqual(shipment('C#1'));
      expect(await table.registerLabel('C%231', ref, now)).toBeUndefined();
    });

    test('never miss each other when both come at once', async () => {
      for (let round = 0; round < 30; round += 1) {
        const track = `AT-ONCE-${round}`;
        const found = await Promise.all([
          table.registerLabel(track, ref, now),
          table.registerDelivery(shipment(track), now),
        ]);
        expect(found.filter((other) => other !== undefined)).toHaveLength(1);
      }
    });

    test('do not find each other once the first has expired', async () => {
      await table.registerDelivery(shipment('OLD'), now);
      expect(await table.registerLabel('OLD', ref, addSeconds(now, linkRetentionSeconds))).toBeUndefined();
      await table.registerDelivery(shipment('YOUNG'), now);
      const justBefore = addSeconds(now, linkRetentionSeconds - 1);
      expect(await table.registerLabel('YOUNG', ref, justBefore)).toEqual(shipment('YOUNG'));
    });
  });

  test('a return that was forwarded to a buyer is read with the buyer’s order, once', async () => {
    await table.linkBuyerOrder('buyers#order', aReturn());
    await table.linkBuyerOrder('buyers#order', ref);
    await table.linkBuyerOrder('buyers#order', otherRef);
    expect(await table.readOrder('buyers#order')).toMatchObject({ returns: [], forwarded: [ref, otherRef] });
  });

  test('a forwarded return and the buyer’s order find each other by the purchase order, whichever comes first', async () => {
    expect(await table.linkPurchaseOrder('PO#1', aReturn())).toEqual([]);
    expect(await table.registerPurchaseOrder('PO#1', 'buyers#order')).toEqual([ref]);
    expect(await table.registerPurchaseOrder('PO#1', 'buyers#order')).toEqual([ref]);
    expect(await table.registerPurchaseOrder('PO%231', 'another-order')).toEqual([]);
    expect(await table.linkPurchaseOrder('PO#1', otherRef)).toEqual(['buyers#order']);
    expect(await table.readOrder('PO#1')).toMatchObject({ returns: [], forwarded: [] });
  });

  describe('an offered article and an open shipment of it', () => {
    const shipment = { orderId: 'buyers-order', shipmentId: 'shipment' };
    const ofOne = { ...shipment, quantity: 1 };

    test('find each other, whichever comes first', async () => {
      expect(await table.registerOffer('a#1', aReturn(), now)).toEqual([]);
      expect(await table.registerOpenShipment('a#1', ofOne, now)).toEqual([ref]);
      expect(await table.registerOpenShipment('b', ofOne, now)).toEqual([]);
      expect(await table.registerOffer('b', ref, now)).toEqual([shipment]);
      expect(await table.registerOffer('a%231', ref, now)).toEqual([]);
      expect(await table.registerOffer('b c', ref, now)).toEqual([]);
    });

    test('find each other when the two families write the article differently', async () => {
      await table.registerOffer('WSNL199-wsnl199-5C9D', ref, now);
      expect(await table.registerOpenShipment('wsnl199-5c9d', ofOne, now)).toEqual([ref]);
      expect(await table.reserveUnit('wsnl199-wsnl199-5c9d', shipment, 'token', ref)).toBe('reserved');
      expect(await table.listReservations('wsnl199-5c9d', shipment)).toEqual([ref]);
    });

    test('never miss each other when both come at once', async () => {
      for (let round = 0; round < 30; round += 1) {
        const sku = `at-once-${round}`;
        const [shipments, returns] = await Promise.all([
          table.registerOffer(sku, ref, now),
          table.registerOpenShipment(sku, ofOne, now),
        ]);
        expect(shipments.length + returns.length).toBeGreaterThan(0);
      }
    });

    test('do not find each other once the first has expired', async () => {
      const late = addSeconds(now, linkRetentionSeconds);
      await table.registerOffer('old', ref, now);
      expect(await table.registerOpenShipment('old', ofOne, late)).toEqual([]);
      await table.registerOpenShipment('older', ofOne, now);
      expect(await table.registerOffer('older', ref, late)).toEqual([]);
    });

    const reserve = (sku: string, token: string) => table.reserveUnit(sku, shipment, token, ref);

    test('has as many units to reserve as it has, each token once', async () => {
      await table.registerOpenShipment('two', { ...shipment, quantity: 2 }, now);
      expect(await reserve('two', 'one')).toBe('reserved');
      expect(await reserve('two', 'one')).toBe('reserved');
      expect(await reserve('two', 'two')).toBe('reserved');
      expect(await reserve('two', 'three')).toBe('none-left');
      expect(await table.registerOffer('two', ref, now)).toEqual([]);
      expect(await table.listReservations('two', shipment)).toEqual([ref, ref]);
    });

    test('keeps its reservations when it is registered again, until they are released', async () => {
      await table.registerOpenShipment('one', ofOne, now);
      await reserve('one', 'first');
      await table.registerOpenShipment('one', ofOne, now);
      expect(await reserve('one', 'second')).toBe('none-left');
      await table.releaseUnit('one', shipment, 'second');
      expect(await reserve('one', 'second')).toBe('none-left');
      await table.releaseUnit('one', shipment, 'first');
      expect(await reserve('one', 'second')).toBe('reserved');
    });

    test('gives its only unit to one of ten at once', async () => {
      await table.registerOpenShipment('ten', ofOne, now);
      const outcomes = await tenTimes((index) => reserve('ten', `token-${index}`));
      expect(outcomes.filter((outcome) => outcome === 'reserved')).toHaveLength(1);
    });

    test('has no units when it was never registered', async () => {
      expect(await reserve('none', 'token')).toBe('none-left');
      await table.releaseUnit('none', shipment, 'token');
      expect(await table.listReservations('none', shipment)).toEqual([]);
    });
  });

  describe('a term', () => {
    const term = { field: 'reason', text: 'te #wijd' } as const;

    test('is unmapped from its first note until an operator maps it', async () => {
      await table.noteUnmapped(term, now);
      await table.noteUnmapped(term, addSeconds(now, 60));
      await table.noteUnmapped({ field: 'condition', text: term.text }, now);
      const noted = await table.readUnmappedTerms();
      expect(noted).toContainEqual({ ...term, since: now });
      expect(noted).toHaveLength(2);

      expect((await table.readMappings()).reason.has(term.text)).toBe(false);
      await map({ ...term, meaning: 'too_big' });
      expect((await table.readMappings()).reason.get(term.text)).toBe('too_big');
      expect((await table.readMappings()).condition.has(term.text)).toBe(false);
      expect(await table.readUnmappedTerms()).toMatchObject([{ field: 'condition' }]);
    });

    test('has the meaning that it was given last', async () => {
      await map({ ...term, meaning: 'too_big' });
      await map({ ...term, meaning: 'too_small' });
      expect((await table.readMappings()).reason.get(term.text)).toBe('too_small');
    });

    test('has one return that gives notice of it, however often that return asks', async () => {
      await table.noteUnmapped(term, now);
      expect(await table.claimTermNotice(term, aReturn())).toBe('ours');
      expect(await table.claimTermNotice(term, otherRef)).toBe('other');
      expect(await table.claimTermNotice(term, ref)).toBe('ours');
      expect(await table.claimTermNotice({ ...term, field: 'condition' }, otherRef)).toBe('ours');
      expect(await table.readUnmappedTerms()).toEqual([{ ...term, since: now }]);
    });

    test('gets its notice from one of ten returns that claim it at once', async () => {
      await table.noteUnmapped(term, now);
      const outcomes = await tenTimes((index) =>
        table.claimTermNotice(term, { ...ref, itemId: `item-${index}` }),
      );
      expect(outcomes.filter((outcome) => outcome === 'ours')).toHaveLength(1);
    });
  });

  test('the retailer’s rules are read as they were written, and are absent before', async () => {
    const rules = { countries: ['NL'], bannedEmailHashes: ['abc'], readAt: now };
    expect(await table.readRetailer()).toBeUndefined();
    await table.writeRetailer({ ...rules, whitelist: ['sku'], blacklist: [] });
    expect(await table.readRetailer()).toEqual(rules);
  });

  test('the first delivery keeps its time', async () => {
    expect(await table.firstDelivery(now)).toBe(now);
    expect(await table.firstDelivery(addSeconds(now, 60))).toBe(now);
  });

  describe('the daily notice', () => {
    test('is claimed by one of many runs, and again on the next day', async () => {
      const outcomes = await tenTimes(() => table.claimDailyNotice(now));
      expect(outcomes.toSorted()).toEqual(['ours', ...Array(9).fill('published')]);
      expect(await table.claimDailyNotice(addSeconds(now, dailyNoticeSeconds - 1))).toBe('published');
      expect(await table.claimDailyNotice(addSeconds(now, dailyNoticeSeconds))).toBe('ours');
    });

    test('is claimed again after it could not be published', async () => {
      await table.releaseDailyNotice();
      expect(await table.claimDailyNotice(now)).toBe('ours');
      await table.releaseDailyNotice();
      expect(await table.claimDailyNotice(now)).toBe('ours');
    });

    test('says nothing about the first delivery', async () => {
      await table.claimDailyNotice(now);
      expect(await table.firstDelivery(addSeconds(now, 60))).toBe(addSeconds(now, 60));
      expect(await table.claimDailyNotice(addSeconds(now, 60))).toBe('published');
    });
  });

  test('a delivery is there from its first attempt until it expires, and is no part of its order', async () => {
    expect(await table.hasDelivery('order', 'event', now)).toBe(false);
    await table.recordDelivery(anAttempt({ outcome: 'retry', at: now }));
    expect(await table.hasDelivery('order', 'event', now)).toBe(true);
    expect(await table.hasDelivery('order', 'another', now)).toBe(false);
    expect(await table.hasDelivery('another', 'event', now)).toBe(false);
    expect(await table.hasDelivery('order', 'event', addSeconds(now, deliveryRetentionSeconds))).toBe(false);
    expect(await table.readOrder('order')).toMatchObject({ shipments: [], rmas: [], returns: [] });
  });
}
