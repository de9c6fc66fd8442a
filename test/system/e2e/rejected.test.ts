import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { newOrder } from './orders.ts';
import { type RunningBridge, startBridge, untilTrue } from './running-bridge.ts';

jest.setTimeout(90_000);

let bridge: RunningBridge;

beforeAll(async () => {
  // An hour takes a second, and the watch runs every second.
  bridge = await startBridge({ speed: 3600 });
});
afterAll(() => bridge?.stop());

/** `npx bridge <args> --local`, in a process of its own. */
async function ops(...args: string[]): Promise<{ code: number; stdout: string }> {
  const command = ['infra/ops/bridge.mjs', ...args, '--local'];
  const options = {
    cwd: join(import.meta.dirname, '../../..'),
    env: { ...process.env, LOCAL_FOLDER: bridge.folder, NODE_OPTIONS: '' },
  };
  return promisify(execFile)(process.execPath, command, options).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
  );
}

test('a webhook answered with 406 is stored, raises the alarm before its sender stops retrying, and is replayed with its version', async () => {
  const order = newOrder();
  const answer = await bridge.post('stock-hub/v1/shipment', order.shipment(), { 'x-version': '' });
  expect(answer.status).toBe(406);
  expect((await bridge.post('stock-hub/v1/rma', '{"name": Jan Jansen')).status).toBe(406);

  const listed = await untilTrue('both are listed', async () => {
    const { code, stdout } = await ops('rejected');
    return code === 1 && (stdout.match(/ of retries left$/gm) ?? []).length === 2 && stdout;
  });
  expect(listed).toMatch(/rejected +x-version is required/);
  expect(listed).toMatch(/rejected +is not valid JSON/);
  expect(listed).not.toMatch(/Jan/);
  const id = /^(\w{8}) {2}stock-hub\/v1\/rma/m.exec(listed)?.[1] ?? '';
  expect((await ops('rejected', 'show', id)).stdout).not.toMatch(/Jan/);
  expect((await ops('rejected', 'show', id, '--personal')).stdout).toMatch(/^ {4}\{"name": Jan Jansen$/m);

  await untilTrue('the alarm is raised', async () =>
    bridge.lines.some((line) => /expiring .* rejected deliver/.test(line)),
  );
  expect(bridge.lines.filter((line) => /Jansen/.test(line))).toEqual([]);

  const { code, stdout } = await ops('rejected', 'replay', '--all', '--x-version', '1.0');
  expect({ code, stdout }).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/1 replayed, 1 still failing/),
  });
  await bridge.settled(order.orderId, 1);
});
