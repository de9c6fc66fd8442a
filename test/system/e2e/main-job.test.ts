import { describe, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { eachBridge } from './each-bridge.ts';
import { newOrder } from './orders.ts';

// A retry waits for a claim of two minutes, which is two seconds here; the slowest call takes eight.
const {
  at,
  shipped,
  returned,
  v2Returned,
  itemClosed,
  reaches,
  listingCalls,
  listingsAtIgf,
  cancelsOf,
  callsAbout,
} = eachBridge();

describe('a stock-hub return', () => {
  test('is listed once with the mapped fields when its shipment came first', async () => {
    const order = newOrder('000000549');
    await shipped(order.shipment());
    await at.bridge.settled(order.orderId, 1);
    await returned(order.rma());
    const item = await reaches(order.orderId, 'Listed');
    await at.bridge.settled(order.orderId, 2);

    const calls = await listingCalls(order.orderId);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.body).toEqual({
      sku: 'wsnl199-5c9de5ad4681ed3eb551e7ee',
      productId: '381189',
      listingWebshopOrderId: '000000549',
      returnReason: 'no_reason',
      returnReasonComment: '[000000093/90]',
      originalPrice: 270,
      quantity: 1,
      maxQuantity: 2,
      customer: {
        email: 'jan.jansen@gwinkelstraat.nl',
        firstName: 'Jan',
        lastName: 'Jansen',
        phone: '+31621510775',
        language: 'nl',
        address: {
          street: 'Edsger Dijkstraat',
          houseNr: '12',
          city: 'Zonnewijk',
          postalCode: '9012DE',
          country: 'NL',
        },
      },
    });
    expect(item.listingId).toBe((await listingsAtIgf(order.orderId))[0]?.id);
    expect(item.why).toMatch(/listing \d+/);
  });

  test('waits for its shipment when the RMA came first, and becomes the same listing', async () => {
    const order = newOrder();
    await returned(order.rma());
    const waiting = await reaches(order.orderId, 'AwaitingShipment');
    expect(waiting.why).toContain('the price');
    expect(await listingCalls(order.orderId)).toEqual([]);

    await shipped(order.shipment());
    await reaches(order.orderId, 'Listed');
    expect((await listingCalls(order.orderId)).map(({ body }) => body)).toEqual([
      expect.objectContaining({ productId: '381189', originalPrice: 270, quantity: 1, maxQuantity: 2 }),
    ]);
  });

  test('is listed only once authorized, and its listing is cancelled once when the RMA is denied', async () => {
    const order = newOrder();
    await shipped(order.shipment());
    await returned(order.rma({ status: 'pending' }, { status: 'pending' }));
    await at.bridge.settled(order.orderId, 2);
    expect((await at.bridge.returnItem(order.orderId))?.why).toMatch(/not authorized/);
    expect(await listingCalls(order.orderId)).toEqual([]);

    await returned(order.rma());
    const { listingId } = await reaches(order.orderId, 'Listed');
    await returned(order.rma({ status: 'denied' }, { status: 'denied' }));
    await reaches(order.orderId, 'Cancelled');
    await returned(
      order.rma({ status: 'denied', date_processed: '2024-03-09 10:00:00' }, { status: 'denied' }),
    );
    await at.bridge.settled(order.orderId, 5);

    expect(await cancelsOf(listingId)).toHaveLength(1);
    expect(await listingsAtIgf(order.orderId)).toEqual([expect.objectContaining({ status: 'Cancelled' })]);
  });

  test('has its listing cancelled when the merchant has received the article', async () => {
    const order = newOrder();
    await shipped(order.shipment());
    await returned(order.rma());
    const { listingId } = await reaches(order.orderId, 'Listed');
    await returned(order.rma({}, { status: 'received' }));
    await reaches(order.orderId, 'Cancelled');
    expect(await cancelsOf(listingId)).toHaveLength(1);
  });

  test('is never listed when its denial overtakes its authorization', async () => {
    const order = newOrder();
    await shipped(order.shipment());
    await returned(order.rma({ status: 'denied' }, { status: 'denied' }));
    await reaches(order.orderId, 'Closed');
    await returned(order.rma());
    await at.bridge.settled(order.orderId, 3);
    expect(await callsAbout(order.orderId)).toEqual([]);
    expect((await at.bridge.returnItem(order.orderId))?.state).toBe('Closed');
  });

  test('that is denied while the call is in flight is listed and cancelled', async () => {
    const order = newOrder();
    await shipped(order.shipment());
    await at.bridge.settled(order.orderId, 1);
    await at.bridge.igfFault({ operation: 'POST /listings', delayMs: 1200 });
    await returned(order.rma());
    await eventually('the call is in flight', async () => (await listingCalls(order.orderId)).length === 1);
    await returned(order.rma({ status: 'denied' }, { status: 'denied' }));
    const { listingId } = await reaches(order.orderId, 'Cancelled');
    await at.bridge.settled(order.orderId, 3);
    expect(await listingCalls(order.orderId)).toHaveLength(1);
    expect(await cancelsOf(listingId)).toHaveLength(1);
  });

  test('keeps its shipment when an older state of it arrives late', async () => {
    const order = newOrder();
    await shipped(order.shipment());
    await at.bridge.settled(order.orderId, 1);
    const before = (await at.bridge.itemsOf(order.orderId)).find(({ sk }) => sk.startsWith('SHIPMENT#'));
    await shipped(
      order.shipment(
        { status: 'READY_FOR_PICKUP', collected_at: null, updated_at: '2024-02-20 15:29:00' },
        { item_price_inc_tax: 1, qty: 7 },
      ),
    );
    await at.bridge.settled(order.orderId, 2);
    const after = (await at.bridge.itemsOf(order.orderId)).find(({ sk }) => sk.startsWith('SHIPMENT#'));
    expect(after).toEqual(before);
  });
});

describe('a push-api return', () => {
  test('is listed from its own address and price, and closed and cancelled by the rma-item that follows', async () => {
    const order = newOrder();
    await v2Returned(order.v2Rma());
    const { listingId } = await reaches(order.orderId, 'Listed');
    const [call] = await listingCalls(order.orderId);
    expect(call?.body).toMatchObject({
      productId: '3G1MXE1MXVZF982',
      returnReason: 'other_good_condition',
      returnReasonComment: 'Meer bezorgd dan besteld [000000078/YEK]',
      originalPrice: 271,
      quantity: 1,
      maxQuantity: 1,
      customer: { firstName: 'Jan', lastName: 'Jansen', address: { houseNr: '12', country: 'NL' } },
    });
    await itemClosed(order.rmaItem());
    await reaches(order.orderId, 'Cancelled');
    expect(await cancelsOf(listingId)).toHaveLength(1);
  });

  test('that is only known from an rma-item is recorded as closed, and IGF is not called', async () => {
    const order = newOrder();
    await itemClosed(order.rmaItem());
    await reaches(order.orderId, 'Closed');
    await at.bridge.settled(order.orderId, 1);
    expect(await callsAbout(order.orderId)).toEqual([]);
  });
});

describe('a return that can not go to another customer', () => {
  test.each([
    ['its reason is broken', { reason: 'broken' }, 'NotForwardable'],
    ['its condition is bad', { condition: 'Beschadigd' }, 'NotForwardable'],
    ['the customer wants an exchange', { resolution: 'exchange' }, 'NotForwardable'],
    ['two units of it come back', { qty_requested: 2 }, 'NotForwardable'],
    ['its reason is a text nobody mapped', { reason: 'mouwen te wijd om de heupen' }, 'NeedsMapping'],
  ])('calls nothing at IGF when %s', async (_case, item, state) => {
    const order = newOrder();
    await shipped(order.shipment());
    await returned(order.rma({}, item));
    const stored = await reaches(order.orderId, state);
    await at.bridge.settled(order.orderId, 2);
    expect(stored.why).toMatch(/\.$/);
    expect(await callsAbout(order.orderId)).toEqual([]);
  });
});

test('every step of a webhook is one readable line, and none holds personal data', async () => {
  const order = newOrder();
  await at.bridge.igfFault({ operation: 'POST /listings', status: 503 });
  await v2Returned(order.v2Rma());
  await reaches(order.orderId, 'Listed');
  await at.bridge.settled(order.orderId, 1);
  const printed = at.bridge.lines.join('\n');
  for (const step of ['received', 'queued', 'decided', 'called', 'done', 'retry +in']) {
    expect(printed).toMatch(new RegExp(`Z  ${step} `));
  }
  for (const secret of ['Jansen', 'gwinkelstraat', 'Edsger', '9012DE', 'local-igf-key', 'CS70ed']) {
    expect(printed).not.toContain(secret);
  }
});
