import type { LocalRuntime } from '../../../infra/local/runtime.ts';
import { secretMaxAgeMs } from '../../../lib/runtime/secret.ts';
import { stockHubShipment } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { startRuntime } from '../../support/local-runtime.ts';

/** A quarter of an hour of the functions' clock, which is when a secret is read anew at the latest, is half a second. */
const speed = secretMaxAgeMs / 500;

let runtime: LocalRuntime;
beforeAll(async () => {
  runtime = await startRuntime({ speed, secrets: { winkelstraat: 'old' } });
});
afterAll(() => runtime?.[Symbol.asyncDispose]());

async function statusFor(key: string): Promise<number> {
  const response = await fetch(`${runtime.urls.api}/winkelstraat/stock-hub/v1/shipment`, {
    method: 'POST',
    headers: { 'x-api-key': key, 'x-version': '1.0', 'content-type': 'application/json' },
    body: JSON.stringify(stockHubShipment()),
  });
  return response.status;
}

test('a sender’s key is changed while its webhooks come, and none is refused that shows either', async () => {
  expect([await statusFor('old'), await statusFor('new')]).toEqual([202, 401]);

  runtime.secrets.set('winkelstraat', { current: 'new', previous: 'old' });
  await eventually('the new key is noticed', async () => (await statusFor('new')) === 202);
  expect([await statusFor('old'), await statusFor('new')]).toEqual([202, 202]);

  runtime.secrets.set('winkelstraat', { current: 'new' });
  await eventually('the old key is retired', async () => (await statusFor('old')) === 401);
  expect(await statusFor('new')).toBe(202);
});

test('webhooks are answered 503 while the key can not be read, and taken again afterwards', async () => {
  runtime.secrets.fail(500);
  await eventually('what was read is too old', async () => (await statusFor('new')) === 503);
  runtime.secrets.fail(undefined);
  expect(await statusFor('new')).toBe(202);
});
