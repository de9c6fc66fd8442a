import fc from 'fast-check';
import type { Outcome } from '../../../lib/actions/action.ts';
import type { OrderFact } from '../../../lib/facts/facts.ts';
import { findMatches } from '../../../lib/matching/matches.ts';
import { recordFacts } from '../../../lib/record/record-facts.ts';
import { advance } from '../../../lib/worker/advance.ts';
import { combineOutcomes } from '../../../lib/worker/disposition.ts';
import { address, atIgf, now, pushApiOpening, shipmentFact } from '../../support/builders.ts';
import { inTurn, type ReplyName } from '../../support/doubles/igf-replies.ts';
import { runs } from '../../support/long-form.ts';
import { leaseSeconds, logged, workplace } from './workplace.ts';

logged();

const sku = 'sku-90';
const returns = [
  { orderId: '000000549', rmaId: '000000093', itemId: '90', listingId: 7 },
  { orderId: '000000600', rmaId: '000000094', itemId: '91', listingId: 8 },
];
const opened = (index: number, status: 'authorized' | 'denied' = 'authorized') => {
  const { listingId, ...ref } = returns[index] ?? { listingId: 0 };
  return pushApiOpening({ ...ref, status, address: address({ email: `sender-${index}@example.com` }) });
};
const waiting = (name: string, collectedAt?: string) =>
  shipmentFact({
    orderId: `buyer-${name}`,
    shipmentId: `shipment-${name}`,
    status: 'READY_FOR_PICKUP',
    collectedAt,
    items: [{ sku, quantity: 1, price: 270 }],
    address: address({ email: `${name}@example.com` }),
  });
const reports: OrderFact[] = [
  waiting('one'),
  waiting('two'),
  waiting('one', '2024-03-11T13:00:00.000Z'),
  opened(0),
  opened(1),
  opened(0, 'denied'),
];

const plan = fc.record({
  webhooks: fc
    .shuffledSubarray(
      reports.map((_, index) => index),
      { minLength: 2 },
    )
    .chain((some) => fc.shuffledSubarray([...some, ...some, ...some], { minLength: some.length })),
  /** What happens to each call of IGF. */
  replies: fc.array(
    fc.constantFrom<ReplyName>(
      'answered',
      'unanswered',
      'doneButUnanswered',
      'doneButUnanswered',
      'turnedAway',
    ),
    { maxLength: 12 },
  ),
  /** The calls to the table at which a worker crashes. */
  crashes: fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { maxLength: 6 }),
  turns: fc.infiniteStream(fc.nat(4)),
});

class Crash extends Error {}

test('a unit serves one return and a listing has one order, all confirmed, despite any order, duplicates, lost answers and crashes', async () => {
  const seen = { crashed: 0, matched: 0, withdrawn: 0 };
  await fc.assert(
    fc.asyncProperty(plan, async ({ webhooks, replies, crashes, turns }) => {
      const { table, igf, dependencies, pass } = workplace({ policy: { matchShipments: 'on' } });
      for (const [index, { listingId, ...ref }] of returns.entries()) {
        const { order } = await recordFacts(ref.orderId, [opened(index)], table);
        for (const item of order.returns) {
          const reached = { state: 'Listed' as const, listingId, igf: atIgf('Listed') };
          await table.write({ kind: 'return', content: { ...item, ...reached } });
        }
        igf.has({ id: listingId });
      }
      const pause = async () => {
        for (let left = turns.next().value ?? 0; left > 0; left -= 1) await null;
      };
      igf.otherwise = inTurn(replies, pause);
      let calls = 0;
      const isUp = { yet: false };
      table.before(async () => {
        calls += 1;
        await pause();
        if (isUp.yet || !crashes.includes(calls)) return;
        seen.crashed += 1;
        throw new Crash();
      });

      const work = async (index: number): Promise<Outcome> => {
        const facts = [reports[index] ?? opened(0)];
        const orderId = facts[0]?.orderId ?? '';
        const attempt = { eventId: `event-${index}`, enqueuedAt: now };
        const { order } = await recordFacts(orderId, facts, table);
        const outcomes = [await advance(order, attempt, dependencies, () => 30_000)];
        for (const concerned of await findMatches(order, facts, dependencies)) {
          outcomes.push(await advance(concerned, attempt, dependencies, () => 30_000));
        }
        return combineOutcomes(outcomes);
      };
      const attempt = (index: number): Promise<Outcome> =>
        work(index).catch((error) => {
          if (!(error instanceof Crash)) throw error;
          return { kind: 'retry', reason: 'the process ended', errorClass: 'Crash' };
        });
      const finish = async (indexes: number[]) => {
        for (let queue = indexes, rounds = 0; queue.length > 0; rounds += 1) {
          expect(rounds).toBeLessThan(60);
          const outcomes = await Promise.all(queue.map(attempt));
          expect(outcomes.filter(({ kind }) => kind === 'permanent-failure')).toEqual([]);
          queue = queue.filter((_, position) => ['retry', 'busy'].includes(outcomes[position]?.kind ?? ''));
          pass(leaseSeconds + 1);
        }
      };
      await finish(webhooks);
      isUp.yet = true;
      await finish([3, 4]);

      const items = returns.flatMap(({ orderId }) => table.order(orderId).returns);
      const live = igf.state.orders.filter(({ status }) => status !== 'Cancelled');
      expect(live.every(({ confirmed }) => confirmed)).toBe(true);
      for (const item of items) {
        expect(item.pendingCall).toBeUndefined();
        const own = live.filter(({ listingId }) => listingId === item.listingId);
        expect(own.length).toBeLessThanOrEqual(1);
        expect(igf.state.listings.find(({ id }) => id === item.listingId)?.status).not.toBe('Pending');
        if (item.state === 'Matched') {
          expect(own).toMatchObject([{ id: item.match?.igfOrderId, webshopOrderId: item.match?.orderId }]);
          seen.matched += 1;
        } else {
          expect(own).toEqual([]);
          expect(item.match?.phase ?? 'confirmed').toBe('confirmed');
        }
      }
      for (const name of ['one', 'two']) {
        const mine = igf.state.orders.filter(({ webshopOrderId }) => webshopOrderId === `buyer-${name}`);
        expect(mine.length).toBeLessThanOrEqual(1);
        const [shipment] = table.order(`buyer-${name}`).shipments;
        const reserved = table.reservationsOf(sku, {
          orderId: `buyer-${name}`,
          shipmentId: `shipment-${name}`,
        });
        // Every reserved unit has a return that names it.
        const tokens = items.map(({ match }) => match?.token);
        expect([...reserved.keys()].filter((token) => !tokens.includes(token))).toEqual([]);
        const isFree = shipment && !shipment.collectedAt && reserved.size === 0;
        const couldTake = items.filter(
          ({ state, declinedShipments }) => state === 'Listed' && !declinedShipments,
        );
        if (isFree) expect(couldTake).toEqual([]);
      }
      seen.withdrawn += igf.state.commits.length - igf.state.orders.length;
    }),
    runs(1500),
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(0);
});
