import { afterEach, expect, jest, test } from '@jest/globals';
import { newOrder } from './orders.ts';
import { type RunningBridge, startBridge, untilTrue } from './running-bridge.ts';

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

test('with rmaItemOpens=true an rma-item that reports nothing is listed, unless a v2/rma of that RMA was seen', async () => {
  bridge = await startBridge({ args: ['-c', 'rmaItemOpens=true'] });
  const { post, returnItem } = bridge;
  const reaches = (orderId: string, state: string) =>
    untilTrue(`${orderId} is ${state}`, async () => (await returnItem(orderId))?.state === state);

  const alone = newOrder();
  await post('push-api/v1/rma-item', alone.rmaItem());
  await reaches(alone.orderId, 'Listed');
  expect(await bridge.igfRequests()).toEqual([
    expect.objectContaining({
      path: '/listings',
      body: expect.objectContaining({
        originalPrice: 271,
        quantity: 1,
        maxQuantity: 1,
        returnReason: 'other_good_condition',
      }),
    }),
  ]);

  const reported = newOrder();
  await post('push-api/v1/rma-item', reported.rmaItem({ qty_returned: '1' }));
  await reaches(reported.orderId, 'Closed');

  const opened = newOrder();
  await post('push-api/v2/rma', opened.v2Rma({ status: 'pending' }));
  await bridge.settled(opened.orderId, 1);
  await post('push-api/v1/rma-item', opened.rmaItem());
  await reaches(opened.orderId, 'Closed');
});
