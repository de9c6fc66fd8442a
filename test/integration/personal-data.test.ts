import { defaultPolicy } from '../../lib/config/policy.ts';
import { keepWaitingOrders } from '../../lib/reconciler/due-returns.ts';
import { bridgeTable } from '../../lib/table/bridge-table.ts';
import { tasksIndex } from '../../lib/table/tasks-index.ts';
import { Bridge } from '../support/bridge.ts';
import { allItems, deleteExpired } from '../support/expiry.ts';
import { order, rma, shipment } from '../support/webhooks.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let worker: Bridge;
let igf: Bridge;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());
beforeEach(async () => {
  await world.igf.forget();
  const stack = await world.deploy();
  worker = new Bridge(world, stack, { policy: { keepOrdersDays: 100 } });
  igf = new Bridge(world, stack, { sender: 'igf', policy: { keepOrdersDays: 100 } });
});

const dayMs = 24 * 60 * 60 * 1000;
const items = () => allItems(world.dynamodb, worker.stack.table);

/** Lets days pass, at the end of which DynamoDB deletes what has expired. */
async function afterDays(days: number): Promise<void> {
  for (const bridge of [worker, igf]) bridge.passes(days * dayMs);
  await deleteExpired(world.dynamodb, worker.stack.table, worker.now());
}

/** In how many days each item of the order goes, by sort key; those without an end are left out. */
async function ends(): Promise<Record<string, number>> {
  const dated = (await items()).filter(({ pk, expiresAt }) => pk === `ORDER#${order}` && expiresAt);
  const own = dated.filter(({ sk }) => !sk.startsWith('EVENT#'));
  return Object.fromEntries(
    own.map(({ sk, expiresAt = 0 }) => [sk, Math.round((expiresAt * 1000 - worker.now()) / dayMs)]),
  );
}

const street = 'Sentinelstraat';
const words = 'sentinel words of the customer';
const email = 'Sentinel@Example.org ';
const address = {
  firstname: 'Sentinella',
  lastname: 'Sentinelsen',
  email,
  telephone: '+31 6 sentinel',
  street: `${street} 1`,
  city: 'Sentinelstad',
};
const sent = (status = {}) =>
  shipment({
    shipping_address: { ...(shipment().payload.shipping_address as object), ...address },
    track: { tracking_number: 'SENTINEL1', carrier: 'postnl' },
    ...status,
  });
const authorized = () => rma({ track: { tracking_number: 'SENTINEL2', carrier: 'postnl' } });
const over = () => rma({ status: 'denied' }, { status: 'denied' });

/** Every item that holds a value about a person. */
const personal = async (): Promise<string[]> =>
  (await items()).filter((item) => /sentinel/i.test(JSON.stringify(item))).map(({ sk }) => sk);

test('every item that holds personal data ends: an order without returns, and a finished return', async () => {
  await worker.takes(sent());
  expect(await ends()).toEqual({ 'SHIPMENT#000000288': 100 });
  await worker.takes(authorized(), rma({}, { reason: words }), over());
  expect(await worker.theReturn(order)).toMatchObject({ state: 'Cancelled' });
  const holding = (await items()).filter((item) => /sentinel/i.test(JSON.stringify(item)));
  expect(holding.filter(({ expiresAt }) => expiresAt === undefined).map(({ sk }) => sk)).toEqual([]);
  expect(await ends()).toEqual({
    'RETURN#000000093#90': 30,
    'RMA#000000093': 100,
    'SHIPMENT#000000288': 100,
  });
  await afterDays(101);
  expect(await personal()).toEqual([]);
});

/** Lets days pass, in each month of which the reconciler renews the documents of what waits. */
async function afterMonths(months: number): Promise<void> {
  const { now, policy } = { now: () => worker.now(), policy: { ...defaultPolicy, keepOrdersDays: 100 } };
  const table = bridgeTable(world.dynamodb, worker.stack.table, { now, ...policy });
  const index = tasksIndex(world.dynamodb, { tableName: worker.stack.table, indexName: 'tasks', now });
  for (let month = 0; month < months; month += 1) {
    await afterDays(30);
    await keepWaitingOrders({ index, table, policy, now }, { eventId: 'run', enqueuedAt: '' }, () => 60_000);
  }
}

test('an open return stays with the documents that it needs, however long it takes', async () => {
  await worker.takes(sent(), authorized());
  expect(await ends()).toEqual({ 'RMA#000000093': 100, 'SHIPMENT#000000288': 100 });
  await afterMonths(13);
  await worker.takes(over());
  expect(await worker.theReturn(order)).toMatchObject({ state: 'Cancelled' });
  expect(Object.keys(await ends())).toHaveLength(3);
});

test('a return whose refund is due stays until it is paid', async () => {
  await worker.takes(sent(), authorized());
  const { listingId } = await worker.theReturn(order);
  await world.igf.happens('/orders', { listingId, webshopOrderId: 'WEB-1' });
  for (const eventType of ['LABELED', 'SHIPPED', 'COMPLETED', 'REFUND']) {
    await world.igf.happens('/events', { eventType, listingId });
  }
  await igf.takes({ webhook: 'v1/refund', payload: await world.igf.see(`/listings/${listingId}`) });
  expect(await worker.theReturn(order)).toMatchObject({ refundDue: true });
  await afterMonths(13);
  expect(await worker.theReturn(order)).toMatchObject({ refundDue: true });
  await worker.takes(rma({}, { status: 'approved_on_item', qty_approved: 1 }));
  expect(await worker.theReturn(order)).toMatchObject({ state: 'Settled' });
  expect(await ends()).toMatchObject({ 'RETURN#000000093#90': 30 });
});

describe('a return whose item DynamoDB has deleted', () => {
  beforeEach(async () => {
    await worker.takes(sent(), authorized());
  });

  test('is never listed again, and its late webhook ends again', async () => {
    await worker.takes(over());
    await afterDays(31);
    expect(Object.keys(await worker.itemsOf(order))).toContain('SKELETON#000000093#90');
    expect(Object.keys(await worker.itemsOf(order))).not.toContain('RETURN#000000093#90');
    await worker.takes(sent({ status: 'NEW' }), authorized(), over());
    expect(await world.igf.posts()).toHaveLength(1);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Cancelled', stripped: true });
    await afterDays(131);
    expect(await personal()).toEqual([]);
  });

  test('that was not forwardable is not listed by a late webhook, which no longer says why', async () => {
    const other = (reason: string) => rma({ increment_id: '000000094' }, { id: '91', reason });
    await worker.takes(other('broken'), over());
    await afterDays(31);
    await worker.takes(sent(), other('no_reason'));
    expect(await world.igf.posts()).toHaveLength(1);
    expect(await worker.returns(order)).toContainEqual(
      expect.objectContaining({ rmaId: '000000094', state: 'NotForwardable', rule: 'personal-data-deleted' }),
    );
  });

  test('asks for its refund when IGF reports late that the article was handed in', async () => {
    await worker.takes(over());
    const { listingId } = await worker.theReturn(order);
    await afterDays(31);
    await world.igf.happens('/orders', { listingId, webshopOrderId: 'WEB-1' });
    for (const eventType of ['SHIPPED', 'REFUND']) {
      await world.igf.happens('/events', { eventType, listingId });
    }
    await igf.takes({ webhook: 'v1/refund', payload: await world.igf.see(`/listings/${listingId}`) });
    const late = await worker.theReturn(order);
    expect(late).toMatchObject({ stripped: true, attention: expect.any(String) });
    expect(Object.keys(await ends())).not.toContain('RETURN#000000093#90');
  });
});
