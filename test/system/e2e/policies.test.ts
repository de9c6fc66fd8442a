import { afterEach, expect, jest, test } from '@jest/globals';
import { newOrder } from './orders.ts';
import { type RunningBridge, startBridge } from './running-bridge.ts';

jest.setTimeout(60_000);

let bridge: RunningBridge | undefined;

afterEach(() => bridge?.stop());

test('with mode=observe every decision is made and explained, and IGF is not called', async () => {
  bridge = await startBridge({ args: ['-c', 'mode=observe'] });
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
