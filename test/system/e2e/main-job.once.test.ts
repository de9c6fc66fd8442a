import { describe, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { eachBridge } from './each-bridge.ts';
import { newOrder } from './orders.ts';

// A retry waits for a claim of two minutes, which is two seconds here; the slowest call takes eight.
const { at, shipped, returned, reaches, listingCalls, listingsAtIgf } = eachBridge();

describe('exactly one listing', () => {
  test('for the same webhook thirty times in parallel', async () => {
    const order = newOrder();
    await shipped(order.shipment());
    await at.bridge.settled(order.orderId, 1);
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => at.bridge.post('stock-hub/v1/rma', order.rma())),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const ids = await Promise.all(
      answers.map(async (answer) => ((await answer.json()) as { id: string }).id),
    );
    expect(new Set(ids).size).toBe(1);
    await reaches(order.orderId, 'Listed');
    await eventually('all thirty are worked off', async () => {
      const events = (await at.bridge.itemsOf(order.orderId)).filter(({ sk }) => sk.startsWith('EVENT#'));
      const rma = events.find(({ webhook }) => webhook === 'stock-hub/v1/rma');
      return rma?.outcome === 'done' && rma.attempts >= 30;
    });
    expect(await listingsAtIgf(order.orderId)).toHaveLength(1);
  });

  test('after IGF answered 500 three times', async () => {
    const order = newOrder();
    await shipped(order.shipment());
    await at.bridge.settled(order.orderId, 1);
    await at.bridge.igfFault({ operation: 'POST /listings', status: 500, times: 3 });
    await returned(order.rma());
    await reaches(order.orderId, 'Listed');
    expect((await listingCalls(order.orderId)).map(({ status }) => status)).toEqual([500, 500, 500, 201]);
    expect(await listingsAtIgf(order.orderId)).toHaveLength(1);
  });

  test('after IGF committed and the answer was lost: it is adopted by its mark', async () => {
    const order = newOrder();
    await shipped(order.shipment());
    await at.bridge.settled(order.orderId, 1);
    await at.bridge.igfFault({ operation: 'POST /listings', afterCommit: true });
    await returned(order.rma());
    const { listingId } = await reaches(order.orderId, 'Listed');
    expect(await listingCalls(order.orderId)).toHaveLength(1);
    expect(await listingsAtIgf(order.orderId)).toEqual([expect.objectContaining({ id: listingId })]);
  });

  test('after IGF answered later than we wait: it is adopted by its mark', async () => {
    const order = newOrder();
    await shipped(order.shipment());
    await at.bridge.settled(order.orderId, 1);
    await at.bridge.igfFault({ operation: 'POST /listings', delayMs: 8000 });
    await returned(order.rma());
    const { listingId } = await reaches(order.orderId, 'Listed');
    await at.bridge.settled(order.orderId, 2);
    expect(await listingCalls(order.orderId)).toHaveLength(1);
    expect(await listingsAtIgf(order.orderId)).toEqual([expect.objectContaining({ id: listingId })]);
  });

  test('for each of two RMAs of one order and sku, none adopted twice', async () => {
    const order = newOrder();
    await shipped(order.shipment());
    await at.bridge.settled(order.orderId, 1);
    await at.bridge.igfFault({ operation: 'POST /listings', afterCommit: true, times: 2 });
    await Promise.all([returned(order.rma()), returned(order.rma({ increment_id: '000000094' }))]);
    const first = await reaches(order.orderId, 'Listed', '000000093#90');
    const second = await reaches(order.orderId, 'Listed', '000000094#90');
    expect(first.listingId).not.toBe(second.listingId);
    expect(await listingsAtIgf(order.orderId)).toHaveLength(2);
  });

  test("never by adopting another customer's listing of the same sku", async () => {
    const order = newOrder();
    const other = {
      sku: 'wsnl199-5c9de5ad4681ed3eb551e7ee',
      productId: '381189',
      listingWebshopOrderId: order.orderId,
      returnReason: 'no_reason',
      returnReasonComment: '[000000093/90]',
      originalPrice: 270,
      customer: {
        email: 'somebody.else@example.com',
        lastName: 'Else',
        language: 'nl',
        address: { street: 'Weg', houseNr: '1', city: 'Delft', postalCode: '2611AA', country: 'NL' },
      },
    };
    expect((await at.bridge.igf('POST', '/listings', other)).status).toBe(201);
    await shipped(order.shipment());
    await at.bridge.settled(order.orderId, 1);
    await at.bridge.igfFault({ operation: 'POST /listings', status: 503 });
    await returned(order.rma());
    const { listingId } = await reaches(order.orderId, 'Listed');
    const [foreign, own] = await listingsAtIgf(order.orderId);
    expect(foreign?.id).not.toBe(listingId);
    expect(own?.id).toBe(listingId);
  });
});
