import { jest } from '@jest/globals';
import { igfCircuit } from '../../lib/igf/circuit-breaker.ts';
import { Bridge } from '../support/bridge.ts';
import { logLines } from '../support/log-lines.ts';
import { rma, shipment, v2Rma } from '../support/webhooks.ts';
import { startWorld, type World } from '../support/world.ts';

const hour = 3_600_000;
/** Messages that are due within the same minute are processed one after the other. */
const minute = 60_000;
let world: World;
let bridge: Bridge;
let beganAt: number;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());
beforeEach(async () => {
  await world.igf.forget();
  logLines.length = 0;
  bridge = new Bridge(world, await world.deploy(), { circuit: igfCircuit({ now: () => bridge.now() }) });
  // The circuit breaker uses Date's clock, as in the local runtime.
  jest.spyOn(Date, 'now').mockImplementation(() => bridge.now());
  beganAt = bridge.now();
});
afterEach(() => jest.restoreAllMocks());

const hoursPassed = (): number => (bridge.now() - beganAt) / hour;

/**
 * Processes each message as often as the schedule says, one after the other, until so many hours have passed.
 */
async function live(hours: number): Promise<void> {
  while (hoursPassed() < hours) {
    await bridge.workOnBatch();
    if (!(await bridge.later(minute))) return;
  }
}

/** A return of each order, half of them of the stock hub and half of the push API. @returns the orders, and how many messages wait for IGF */
async function deliverSome(): Promise<{ orders: string[]; messages: number }> {
  const orders = Array.from({ length: 12 }, (_, index) => `out-${index}`);
  for (const [index, order] of orders.entries()) {
    if (index % 2 === 0) {
      await bridge.deliver(v2Rma({ order: { ...(v2Rma().payload.order as object), order_id: order } }));
    } else {
      await bridge.deliver(shipment({ order_increment_id: order }));
      await bridge.deliver(rma({ order_increment_id: order }));
    }
  }
  return { orders, messages: orders.length };
}

const listedOnce = async (orders: readonly string[]): Promise<void> => {
  const items = await Promise.all(orders.map((order) => bridge.theReturn(order)));
  expect(items.map(({ state }) => state)).toEqual(orders.map(() => 'Listed'));
  expect(items.filter(({ pendingCall }) => pendingCall)).toEqual([]);
  const marks = (await world.igf.listings()).map(({ returnReasonComment }) => returnReasonComment);
  expect(marks).toHaveLength(orders.length);
};

test('delivers each message once after IGF was down for 23 hours, and none is in a DLQ', async () => {
  await world.igf.fault({ operation: '*', status: 503, times: 1_000_000 });
  const { orders } = await deliverSome();
  await live(23);
  const called = (await world.igf.requests()).length;
  const turns = logLines.filter(({ step }) => step === 'retry').length;
  await world.igf.mend();
  expect(await world.igf.listings()).toEqual([]);
  await bridge.finish();

  expect(await bridge.waiting()).toEqual({ queue: 0, deadLetters: 0 });
  await listedOnce(orders);
  // Most attempts made no call. Only some probe calls checked whether IGF was back.
  expect(turns).toBeGreaterThan(orders.length * 20);
  expect(called).toBeLessThan(turns / 2);
});

test('delivers each message once also when IGF did its calls before the connections broke', async () => {
  await world.igf.fault({ operation: 'POST /listings', afterCommit: true, times: 3 });
  await world.igf.fault({ operation: '*', status: 503, times: 1_000_000 });
  const { orders } = await deliverSome();
  await live(6);
  await world.igf.mend();
  await bridge.finish();
  expect(await bridge.waiting()).toEqual({ queue: 0, deadLetters: 0 });
  await listedOnce(orders);
});

test('parks everything with its reason when IGF is down for 30 hours, and delivers it all after one redrive', async () => {
  await world.igf.fault({ operation: '*', status: 503, times: 1_000_000 });
  const { orders, messages } = await deliverSome();
  await live(30);

  expect(await bridge.waiting()).toEqual({ queue: 0, deadLetters: messages });
  for (const order of orders) {
    const items = Object.entries(await bridge.itemsOf(order));
    const parked = items.filter(([sk, { outcome }]) => sk.startsWith('EVENT#') && outcome === 'parked');
    expect(parked).toMatchObject([
      [expect.anything(), { lastError: expect.stringContaining('IGF answered 503') }],
    ]);
  }
  // Claims remain only for calls that were sent and may have been done.
  const items = await Promise.all(orders.map((order) => bridge.theReturn(order)));
  const claims = items.filter(({ pendingCall }) => pendingCall);
  expect(claims.length).toBeLessThanOrEqual((await world.igf.posts()).length);
  expect(claims.length).toBeLessThan(orders.length);

  await world.igf.mend();
  expect(await bridge.redrive()).toBe(messages);
  await bridge.finish();
  expect(await bridge.waiting()).toEqual({ queue: 0, deadLetters: 0 });
  await listedOnce(orders);
});
