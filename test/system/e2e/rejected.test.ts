import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { runOps } from '../../support/ops.ts';
import { newOrder } from './orders.ts';
import { type RunningBridge, startBridge } from './running-bridge.ts';

let bridge: RunningBridge;

beforeAll(async () => {
  // An hour takes a second, and the watch runs every second.
  bridge = await startBridge({ speed: 3600 });
  process.env.LOCAL_FOLDER = bridge.folder;
});
afterAll(async () => {
  delete process.env.LOCAL_FOLDER;
  await bridge?.stop();
});

test('a webhook answered with 406 is stored, raises the alarm before its sender stops retrying, and is replayed with its version', async () => {
  const order = newOrder();
  const answer = await bridge.post('stock-hub/v1/shipment', order.shipment(), { 'x-version': '' });
  expect(answer.status).toBe(406);
  expect((await bridge.post('stock-hub/v1/rma', '{"name": Jan Jansen')).status).toBe(406);

  const listed = await eventually('both are listed', async () => {
    const { code, text } = await runOps('rejected', '--local');
    return code === 1 && (text.match(/ of retries left$/gm) ?? []).length === 2 && text;
  });
  expect(listed).toMatch(/rejected +x-version is required/);
  expect(listed).toMatch(/rejected +is not valid JSON/);
  expect(listed).not.toMatch(/Jan/);
  const id = /^(\w{8}) {2}stock-hub\/v1\/rma/m.exec(listed)?.[1] ?? '';
  expect((await runOps('rejected', 'show', id, '--local')).text).not.toMatch(/Jan/);
  expect((await runOps('rejected', 'show', id, '--personal', '--local')).text).toMatch(
    /^ {4}\{"name": Jan Jansen$/m,
  );

  await eventually('the alarm is raised', async () =>
    bridge.lines.some((line) => /expiring .* rejected deliver/.test(line)),
  );
  expect(bridge.lines.filter((line) => /Jansen/.test(line))).toEqual([]);

  expect(await runOps('rejected', 'replay', '--all', '--x-version', '1.0', '--local')).toMatchObject({
    code: 1,
    text: expect.stringMatching(/1 replayed, 1 still failing/),
  });
  await bridge.settled(order.orderId, 1);
});
