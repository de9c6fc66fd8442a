import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { newOrder } from './orders.ts';
import { type RunningBridge, startBridge, untilTrue } from './running-bridge.ts';

jest.setTimeout(90_000);

let bridge: RunningBridge;

beforeAll(async () => {
  bridge = await startBridge();
});
afterAll(() => bridge?.stop());

/** `npx bridge <args> --local`, in a process of its own. */
async function ops(...args: string[]): Promise<string> {
  const command = ['infra/ops/bridge.mjs', ...args, '--local'];
  const { stdout } = await promisify(execFile)(process.execPath, command, {
    cwd: join(import.meta.dirname, '../../..'),
    env: { ...process.env, LOCAL_FOLDER: bridge.folder, NODE_OPTIONS: '' },
  });
  return stdout;
}

const reaches = (orderId: string, state: string) =>
  untilTrue(`${orderId} is ${state}`, async () => {
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

  expect(await ops('map-reason', 'mouwen te wijd', 'too_big')).toMatch(/1 return of 1 order released/);
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
  expect(await ops('order', order.orderId)).toMatch(/bridge\/v1\/advance {2}done/);
});
