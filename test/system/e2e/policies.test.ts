import { afterEach, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { newOrder } from './orders.ts';
import { type RunningBridge, startBridge } from './running-bridge.ts';

let bridge: RunningBridge | undefined;

afterEach(() => bridge?.stop());

test('with mode=observe every decision is made and explained, and IGF is not called', async () => {
  bridge = await startBridge({ context: { mode: 'observe' } });
  const order = newOrder();
  await bridge.post('stock-hub/v1/shipment', order.shipment());
  await bridge.post('stock-hub/v1/rma', order.rma());
  await bridge.settled(order.orderId, 2);
  const listed = await bridge.returnItem(order.orderId);
  expect(listed).toMatchObject({ state: 'Requested', why: expect.stringMatching(/would be listed/) });
  expect(listed?.listingId).toBeUndefined();

  const broken = newOrder();
  await bridge.post('stock-hub/v1/rma', broken.rma({}, { reason: 'broken' }));
  await bridge.settled(broken.orderId, 1);
  expect(await bridge.returnItem(broken.orderId)).toMatchObject({ state: 'NotForwardable' });

  await bridge.post('stock-hub/v1/rma', order.rma({ status: 'denied' }, { status: 'denied' }));
  await bridge.settled(order.orderId, 3);
  expect(await bridge.returnItem(order.orderId)).toMatchObject({ state: 'Closed' });
  expect(await bridge.igfRequests()).toEqual([]);
});

test.each([
  ['single-item', 'no item of an RMA with two is listed', 'NotForwardable', 0],
  ['each-item', 'each of two items of one RMA has one listing', 'Listed', 2],
])('with forward=%s %s', async (forward, _what, state, listings) => {
  bridge = await startBridge({ context: { forward } });
  const { orderId, shipment, rma } = newOrder();
  await bridge.post('stock-hub/v1/shipment', shipment());
  await bridge.settled(orderId, 1);
  const payload = rma();
  const [item] = payload.items;
  await bridge.post('stock-hub/v1/rma', { ...payload, items: [item, { ...item, id: 91 }] });
  const stateOf = async (itemId: string) => (await bridge?.returnItem(orderId, `000000093#${itemId}`))?.state;
  for (const itemId of ['90', '91']) {
    await eventually(`item ${itemId} is ${state}`, async () => (await stateOf(itemId)) === state);
  }
  const atIgf = await bridge.igf('GET', `/listings/all?listingWebshopOrderId=${orderId}`);
  expect(await atIgf.json()).toHaveLength(listings);
});
