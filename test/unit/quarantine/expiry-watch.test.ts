import { jest } from '@jest/globals';
import { oldestParkedSeconds, watchQuarantine } from '../../../lib/quarantine/expiry-watch.ts';
import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';
import type { ReturnRef } from '../../../lib/returns/order.ts';
import { eventId } from '../../../lib/webhooks/envelope.ts';
import { stockHubRma } from '../../support/builders.ts';

beforeAll(() => {
  for (const level of ['info', 'warn'] as const) jest.spyOn(console, level).mockImplementation(() => {});
});
afterAll(() => jest.restoreAllMocks());

const now = Date.UTC(2026, 0, 2);
const hour = 3600_000;
const iso = (ms: number): string => new Date(ms).toISOString();

const rejected = (
  id: string,
  hoursLeft: number,
  change: Partial<RejectedDelivery> = {},
): RejectedDelivery => ({
  id,
  webhook: 'stock-hub/v1/rma',
  deliveries: 1,
  firstSeen: iso(now + (hoursLeft - 24) * hour),
  lastSeen: iso(now),
  senderGivesUpAt: iso(now + hoursLeft * hour),
  errors: [],
  version: '1',
  correlationId: 'c',
  body: Buffer.from('no JSON'),
  recentDeliveries: [],
  rev: 1,
  ...change,
});

interface Quarantined {
  waiting: RejectedDelivery[];
  /** `<order>/<event>` of the deliveries that were recorded. */
  accepted?: string[];
  pointers?: Record<string, ReturnRef>;
  timeLeft?: number;
  fails?: boolean;
}

async function watched({
  waiting,
  accepted = [],
  pointers = {},
  timeLeft = 60_000,
  fails = false,
}: Quarantined) {
  const written: RejectedDelivery[] = [];
  const measured: number[] = [];
  const queried: unknown[] = [];
  await watchQuarantine(
    {
      index: {
        async *waiting(between) {
          queried.push(between);
          yield* waiting;
        },
      },
      items: {
        read: async (id) => waiting.find((one) => one.id === id),
        write: async (delivery) => {
          written.push(delivery);
          return 'written';
        },
      },
      table: {
        hasDelivery: async (orderId, event) => {
          if (fails) throw new Error('the table is down');
          return accepted.includes(`${orderId}/${event}`);
        },
        readPointer: async ({ kind, id }) => ({ ref: pointers[`${kind}#${id}`], waiting: [] }),
      },
      now: () => now,
      measure: (count) => measured.push(count),
    },
    () => timeLeft,
  );
  return { measured, written, queried };
}

const payload = stockHubRma();
const id = eventId('stock-hub/v1/rma', payload);
const body = Buffer.from(JSON.stringify(payload));

test('it reads the deliveries whose sender gives up within six hours, and measures nothing when there is none', async () => {
  const { queried, measured } = await watched({ waiting: [] });
  expect(queried).toEqual([[iso(now), iso(now + 6 * hour)]]);
  expect(measured).toEqual([]);
});

test('a delivery that was also accepted is resolved and not counted', async () => {
  const { measured, written } = await watched({
    waiting: [rejected(id, 1, { body }), rejected('other', 2)],
    accepted: [`000000549/${id}`],
  });
  expect(measured).toEqual([1]);
  expect(written).toMatchObject([{ id, resolution: { as: 'accepted', at: iso(now) } }]);
});

test('another delivery of the same order does not count as its acceptance', async () => {
  const { measured, written } = await watched({
    waiting: [rejected(id, 1, { body })],
    accepted: ['000000549/another-event'],
  });
  expect({ measured, written }).toEqual({ measured: [1], written: [] });
});

test('a delivery that was accepted in part is neither resolved nor counted: its RMA asks for the rest', async () => {
  const { measured, written } = await watched({
    waiting: [rejected(id, 1, { body, acceptedInPart: true })],
    accepted: [`000000549/${id}`],
  });
  expect({ measured, written }).toEqual({ measured: [], written: [] });
});

test('an IGF event is looked for at the return that its ids point to', async () => {
  const event = { webhook: 'v1/shipped', body: Buffer.from('{"id": 9}') };
  const pointers = { 'SHIPMENT#9': { orderId: '7', rmaId: '1', itemId: '2' } };
  const accepted = ['7/event'];
  expect((await watched({ waiting: [rejected('event', 1, event)], accepted, pointers })).measured).toEqual(
    [],
  );
  expect((await watched({ waiting: [rejected('event', 1, event)], accepted })).measured).toEqual([1]);
});

test.each([
  ['it cannot be checked', { fails: true }],
  ['the time of the run is over', { timeLeft: 100 }],
])('it counts when %s: a needless alarm is better', async (_why, trouble) => {
  const { measured } = await watched({
    waiting: [rejected(id, 1, { body })],
    accepted: [`000000549/${id}`],
    ...trouble,
  });
  expect(measured).toEqual([1]);
});

test.each([
  ['nothing is parked', [], 0],
  ['the oldest of several counts', [3, 11, 1], 11],
  ['a message that SQS has dropped does not hide the next one', [14, 2], 2],
])('of the parked deliveries %s', (_what, daysAgo, days) => {
  const parked = daysAgo.map((ago) => ({ parkedAt: iso(now - ago * 24 * hour) }));
  expect(oldestParkedSeconds(parked, now)).toBe(days * 24 * 3600);
});
