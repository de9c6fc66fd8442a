import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { runOps } from '../../support/ops.ts';
import { newOrder } from './orders.ts';
import { type RunningBridge, startBridge } from './running-bridge.ts';

let bridge: RunningBridge;

beforeAll(async () => {
  bridge = await startBridge();
  process.env.LOCAL_FOLDER = bridge.folder;
});
afterAll(async () => {
  delete process.env.LOCAL_FOLDER;
  await bridge?.stop();
});

const reaches = (orderId: string, state: string) =>
  eventually(`${orderId} is ${state}`, async () => {
    const item = await bridge.returnItem(orderId);
    return item?.state === state && item;
  });

test('a return with an unknown text waits until an operator maps it; then it is listed, and the next one at once', async () => {
  const order = newOrder();
  await bridge.post('stock-hub/v1/shipment', order.shipment());
  await bridge.post('stock-hub/v1/rma', order.rma({}, { reason: 'Mouwen te wijd' }));
  const unmapped = await reaches(order.orderId, 'NeedsMapping');
  expect(unmapped).toMatchObject({
    task: 'UNMAPPED#REASON#mouwen te wijd',
    attention: expect.stringMatching(/reason/),
  });
  expect(await bridge.igfRequests()).not.toContainEqual(expect.objectContaining({ path: '/listings' }));

  const mapped = await runOps('map-reason', 'mouwen te wijd', 'too_big', '--local');
  expect(mapped.text).toMatch(/1 return of 1 order released/);
  const listed = await reaches(order.orderId, 'Listed');
  expect(listed).not.toHaveProperty('attention');
  expect(listed).not.toHaveProperty('unmappedTerm');

  const next = newOrder();
  await bridge.post('stock-hub/v1/shipment', next.shipment());
  await bridge.post('stock-hub/v1/rma', next.rma({}, { reason: 'mouwen te wijd' }));
  await reaches(next.orderId, 'Listed');

  const posts = (await bridge.igfRequests()).filter(
    ({ method, path }) => method === 'POST' && path === '/listings',
  );
  expect(posts.map(({ body }) => [body.listingWebshopOrderId, body.returnReason])).toEqual([
    [order.orderId, 'too_big'],
    [next.orderId, 'too_big'],
  ]);
  expect((await runOps('order', order.orderId, '--local')).text).toMatch(/bridge\/v1\/advance {2}done/);
});
