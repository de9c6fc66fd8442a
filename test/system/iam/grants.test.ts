import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { newOrder } from '../e2e/orders.ts';
import { doneByLambda, EveryPath } from './every-path.ts';

let all: EveryPath;

beforeAll(async () => {
  all = await EveryPath.start();
});
afterAll(() => all?.[Symbol.asyncDispose]());

const textOf = (use: readonly string[]): string => use.join(' ');
const used = (): Set<string> =>
  new Set(
    all.runtime.iam
      .uses()
      .filter(([, , , decision]) => decision === 'allow')
      .map((use) => textOf(use.slice(0, 3))),
  );

/** Every permission of a role that a call of a function can use. */
function granted(): string[] {
  return Object.values(all.runtime.iam.read()).flatMap(({ role, statements }) =>
    statements.flatMap(({ Action, Resource }) =>
      Action.filter((action) => !doneByLambda.includes(action)).flatMap((action) =>
        Resource.map((resource) => textOf([role, action, resource])),
      ),
    ),
  );
}

const missing = (): string[] => granted().filter((grant) => !used().has(grant));

test('the permissions that every path of the bridge uses are those that are granted', async () => {
  const routes = await all.everyRoute();
  for (const { path, body } of routes) expect([path, await all.post(path, body)]).toEqual([path, 202]);

  // What can't be read is stored at its second attempt, and what is no message of the bridge goes to the DLQ.
  all.failNext('REJECTED#', 6);
  for (const { path } of routes) expect([path, await all.post(path, '{')]).toEqual([path, 406]);
  await all.putUnreadable();

  // A webhook that was answered 406 is delivered again, so the watch takes it off the list.
  const shipment = '/winkelstraat/stock-hub/v1/shipment';
  const order = newOrder();
  expect(await all.post(shipment, order.shipment(), { 'x-version': '' })).toBe(406);
  expect(await all.post(shipment, order.shipment())).toBe(202);

  // A reason without a meaning asks a person at once, and a return whose shipment never comes after a day.
  expect(await all.post('/winkelstraat/stock-hub/v1/rma', order.rma({}, { reason: 'unheard of' }))).toBe(202);
  expect(await all.post('/winkelstraat/stock-hub/v1/rma', newOrder().rma())).toBe(202);

  // IGF does not answer once, and the table not when IGF reports the refund, so that each message waits.
  await all.control('/faults', { operation: 'POST /listings', status: 503, times: 1 });
  const listing = await all.listed('order-1');
  all.failNext('v1/refund', 6);
  await all.control('/orders', { listingId: listing });
  await all.control('/events', { eventType: 'SHIPPED', listingId: listing });
  await all.control('/events', { eventType: 'REFUND', listingId: listing });

  // A day passes. What is missing then is shown by the comparison.
  await eventually('all is used', async () => missing().length === 0, 150_000).catch(() => {});
  expect(missing()).toEqual([]);
  expect([...used().difference(new Set(granted()))]).toEqual([]);
  expect(granted()).toHaveLength(new Set(granted()).size);
});
