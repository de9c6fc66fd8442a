import type { IgfFact } from '../../../lib/facts/igf-facts.ts';
import type { RelatedShipment } from '../../../lib/returns/return-item.ts';
import { addSeconds } from '../../../lib/runtime/time.ts';
import type { WaitingEvent } from '../../../lib/table/igf-pointers.ts';
import type { IgfObject } from '../../../lib/table/keys.ts';
import { linkRetentionSeconds } from '../../../lib/table/links.ts';
import { aReturn, now, otherRef, ref, type TheTable, tenTimes } from './items.ts';

/** How returns, objects at IGF and shipments find each other in a table. */
export function linkContract(table: TheTable): void {
  const refAt = async (object: IgfObject) => (await table().readPointer(object)).ref;

  describe('the pointer of an IGF object', () => {
    const listing: IgfObject = { kind: 'LISTING', id: 7 };

    test('leads to its return, and the same number of another kind does not', async () => {
      expect(await refAt(listing)).toBeUndefined();
      expect(await table().point(listing, aReturn())).toEqual([]);
      expect(await refAt(listing)).toEqual(ref);
      expect(await refAt({ kind: 'ORDER', id: 7 })).toBeUndefined();
    });

    test('never moves', async () => {
      await table().point(listing, ref);
      expect(await table().point(listing, ref)).toEqual([]);
      expect(await table().point(listing, otherRef)).toBe('other');
      expect(await refAt(listing)).toEqual(ref);
    });

    test('is written by one of many returns', async () => {
      const outcomes = await tenTimes((index) => table().point(listing, { ...ref, itemId: `item-${index}` }));
      expect(outcomes.filter((outcome) => outcome !== 'other')).toHaveLength(1);
    });
  });

  describe('an event that waits for its return', () => {
    const listing: IgfObject = { kind: 'LISTING', id: 7 };
    const fact: IgfFact = { kind: 'igf', event: 'LABELED', listingId: 7 };

    const one = { eventId: 'one', fact };
    const two = { eventId: 'two', fact };
    const eventsOf = (waiting: WaitingEvent[] | 'other') =>
      waiting === 'other' ? waiting : waiting.toSorted((a, b) => a.eventId.localeCompare(b.eventId));

    test('is given to whoever writes the pointer, once however often it was kept', async () => {
      for (const event of [one, one, two]) {
        expect(await table().keepWaiting(listing, event, now)).toBe('kept');
      }
      expect(eventsOf(await table().point(listing, ref))).toEqual([one, two]);
      expect(await table().point({ kind: 'ORDER', id: 7 }, ref)).toEqual([]);
    });

    test('waits until it is recorded', async () => {
      for (const event of [one, two]) await table().keepWaiting(listing, event, now);
      await table().point(listing, ref);
      await table().endWaiting(listing, [one]);
      expect(await table().readPointer(listing)).toEqual({ ref, waiting: [two] });
      await table().endWaiting(listing, [two]);
      expect(await table().readPointer(listing)).toEqual({ ref, waiting: [] });
    });

    test('is no pointer', async () => {
      await table().keepWaiting(listing, one, now);
      expect(await table().readPointer(listing)).toEqual({ ref: undefined, waiting: [one] });
    });

    test('does not wait once the pointer is written', async () => {
      await table().point(listing, ref);
      expect(await table().keepWaiting(listing, one, now)).toBe('linked');
      expect(await table().readPointer(listing)).toEqual({ ref, waiting: [] });
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
      expect(await table().registerLabel('A', aReturn(), now)).toBeUndefined();
      expect(await table().registerDelivery(shipment('A'), now)).toEqual(ref);
      expect(await table().registerDelivery(shipment('B'), now)).toBeUndefined();
      expect(await table().registerLabel('B', ref, now)).toEqual(shipment('B'));
    });

    test('find each other however often they are registered', async () => {
      await table().registerLabel('C#1', ref, now);
      await table().registerLabel('C#1', ref, now);
      await table().registerDelivery(shipment('C#1'), now);
      expect(await table().registerDelivery(shipment('C#1'), now)).toEqual(ref);
      expect(await table().registerLabel('C#1', ref, now)).toEqual(shipment('C#1'));
      expect(await table().registerLabel('C%231', ref, now)).toBeUndefined();
    });

    test('never miss each other when both come at once', async () => {
      for (let round = 0; round < 30; round += 1) {
        const track = `AT-ONCE-${round}`;
        const found = await Promise.all([
          table().registerLabel(track, ref, now),
          table().registerDelivery(shipment(track), now),
        ]);
        expect(found.filter((other) => other !== undefined)).toHaveLength(1);
      }
    });

    test('do not find each other once the first has expired', async () => {
      await table().registerDelivery(shipment('OLD'), now);
      expect(await table().registerLabel('OLD', ref, addSeconds(now, linkRetentionSeconds))).toBeUndefined();
      await table().registerDelivery(shipment('YOUNG'), now);
      const justBefore = addSeconds(now, linkRetentionSeconds - 1);
      expect(await table().registerLabel('YOUNG', ref, justBefore)).toEqual(shipment('YOUNG'));
    });
  });

  test('a return that was forwarded to a buyer is read with the buyer’s order, once', async () => {
    await table().linkBuyerOrder('buyers#order', aReturn());
    await table().linkBuyerOrder('buyers#order', ref);
    await table().linkBuyerOrder('buyers#order', otherRef);
    expect(await table().readOrder('buyers#order')).toMatchObject({
      returns: [],
      forwarded: [ref, otherRef],
    });
  });

  test('a forwarded return and the buyer’s order find each other by the purchase order, whichever comes first', async () => {
    expect(await table().linkPurchaseOrder('PO#1', aReturn())).toEqual([]);
    expect(await table().registerPurchaseOrder('PO#1', 'buyers#order')).toEqual([ref]);
    expect(await table().registerPurchaseOrder('PO#1', 'buyers#order')).toEqual([ref]);
    expect(await table().registerPurchaseOrder('PO%231', 'another-order')).toEqual([]);
    expect(await table().linkPurchaseOrder('PO#1', otherRef)).toEqual(['buyers#order']);
    expect(await table().readOrder('PO#1')).toMatchObject({ returns: [], forwarded: [] });
  });

  describe('an offered article and an open shipment of it', () => {
    const shipment = { orderId: 'buyers-order', shipmentId: 'shipment' };
    const ofOne = { ...shipment, quantity: 1 };

    test('find each other, whichever comes first', async () => {
      expect(await table().registerOffer('a#1', aReturn(), now)).toEqual([]);
      expect(await table().registerOpenShipment('a#1', ofOne, now)).toEqual([ref]);
      expect(await table().registerOpenShipment('b', ofOne, now)).toEqual([]);
      expect(await table().registerOffer('b', ref, now)).toEqual([shipment]);
      expect(await table().registerOffer('a%231', ref, now)).toEqual([]);
      expect(await table().registerOffer('b c', ref, now)).toEqual([]);
    });

    test('find each other when the two families write the article differently', async () => {
      await table().registerOffer('WSNL199-wsnl199-5C9D', ref, now);
      expect(await table().registerOpenShipment('wsnl199-5c9d', ofOne, now)).toEqual([ref]);
      expect(await table().reserveUnit('wsnl199-wsnl199-5c9d', shipment, 'token', ref)).toBe('reserved');
      expect(await table().listReservations('wsnl199-5c9d', shipment)).toEqual([ref]);
    });

    test('never miss each other when both come at once', async () => {
      for (let round = 0; round < 30; round += 1) {
        const sku = `at-once-${round}`;
        const [shipments, returns] = await Promise.all([
          table().registerOffer(sku, ref, now),
          table().registerOpenShipment(sku, ofOne, now),
        ]);
        expect(shipments.length + returns.length).toBeGreaterThan(0);
      }
    });

    test('do not find each other once the first has expired', async () => {
      const late = addSeconds(now, linkRetentionSeconds);
      await table().registerOffer('old', ref, now);
      expect(await table().registerOpenShipment('old', ofOne, late)).toEqual([]);
      await table().registerOpenShipment('older', ofOne, now);
      expect(await table().registerOffer('older', ref, late)).toEqual([]);
    });

    const reserve = (sku: string, token: string) => table().reserveUnit(sku, shipment, token, ref);

    test('has as many units to reserve as it has, each token once', async () => {
      await table().registerOpenShipment('two', { ...shipment, quantity: 2 }, now);
      expect(await reserve('two', 'one')).toBe('reserved');
      expect(await reserve('two', 'one')).toBe('reserved');
      expect(await reserve('two', 'two')).toBe('reserved');
      expect(await reserve('two', 'three')).toBe('none-left');
      expect(await table().listReservations('two', shipment)).toEqual([ref, ref]);
    });

    test('of which all units are reserved is offered only to the return that has one', async () => {
      await table().registerOpenShipment('taken', ofOne, now);
      await reserve('taken', 'one');
      expect(await table().registerOffer('taken', ref, now)).toEqual([shipment]);
      expect(await table().registerOffer('taken', otherRef, now)).toEqual([]);
    });

    test('keeps its reservations when it is registered again, until they are released', async () => {
      await table().registerOpenShipment('one', ofOne, now);
      await reserve('one', 'first');
      await table().registerOpenShipment('one', ofOne, now);
      expect(await reserve('one', 'second')).toBe('none-left');
      await table().releaseUnit('one', shipment, 'another');
      expect(await reserve('one', 'second')).toBe('none-left');
      await table().releaseUnit('one', shipment, 'first');
      expect(await reserve('one', 'second')).toBe('reserved');
    });

    test('gives no unit to a worker that is late, whose token was released', async () => {
      await table().registerOpenShipment('late', ofOne, now);
      await table().releaseUnit('late', shipment, 'early');
      await table().registerOpenShipment('late', ofOne, now);
      expect(await reserve('late', 'early')).toBe('none-left');
      expect(await reserve('late', 'another')).toBe('reserved');
    });

    test('gives its only unit to one of ten at once', async () => {
      await table().registerOpenShipment('ten', ofOne, now);
      const outcomes = await tenTimes((index) => reserve('ten', `token-${index}`));
      expect(outcomes.filter((outcome) => outcome === 'reserved')).toHaveLength(1);
    });

    test('has no units when it was never registered', async () => {
      expect(await reserve('none', 'token')).toBe('none-left');
      await table().releaseUnit('none', shipment, 'token');
      expect(await table().listReservations('none', shipment)).toEqual([]);
    });
  });
}
