import fc from 'fast-check';
import type { Outcome } from '../../../lib/actions/action.ts';
import type { OrderFact } from '../../../lib/facts/facts.ts';
import { listingMark } from '../../../lib/returns/listing-request.ts';
import { merchantDecision } from '../../../lib/returns/merchant-decision.ts';
import { closingFact, ofOrder, openingFact, rmaFact, shipmentFact } from '../../support/builders.ts';
import { inTurn, type ReplyName } from '../../support/doubles/igf-replies.ts';
import { runs } from '../../support/long-form.ts';
import { leaseSeconds, logged, workplace } from './workplace.ts';

logged();

/** The facts that webhooks of one order may report, in any order and number. */
const deliveries: OrderFact[][] = [
  [shipmentFact({ items: [{ sku: 'sku-90', quantity: 3, price: 270 }] })],
  [rmaFact({ status: 'pending' }), openingFact({ status: 'pending' })],
  [rmaFact(), openingFact(), openingFact({ itemId: '91' })],
  [rmaFact({ rmaId: '000000094' }), openingFact({ rmaId: '000000094' })],
  [rmaFact({ status: 'denied' }), openingFact({ status: 'denied', rmaStatus: 'denied' })],
  [openingFact({ itemId: '91', status: 'received' })],
  [closingFact({ rmaId: '000000094' })],
];
/** Every history contains these facts, so that it has something to list. */
const always = [0, 2];

const plan = fc.record({
  webhooks: fc
    .shuffledSubarray(deliveries.map((_, index) => index))
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
  crashes: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 5 }),
  /** The number of event-loop turns that each call takes. */
  turns: fc.infiniteStream(fc.nat(4)),
});

class Crash extends Error {}

test('each return gets one listing, cancelled when it is over, despite any order, duplicates, lost answers and crashes', async () => {
  let crashed = 0;
  let listed = 0;
  await fc.assert(
    fc.asyncProperty(plan, async ({ webhooks, replies, crashes, turns }) => {
      const place = workplace({ policy: { forward: 'each-item' } });
      const pause = async () => {
        for (let left = turns.next().value ?? 0; left > 0; left -= 1) await null;
      };
      place.igf.otherwise = inTurn(replies, pause);
      let calls = 0;
      place.table.before(async () => {
        calls += 1;
        await pause();
        if (!crashes.includes(calls)) return;
        crashed += 1;
        throw new Crash();
      });

      const attempt = (index: number): Promise<Outcome> =>
        place
          .work(deliveries[index] ?? [], {
            eventId: `event-${index}`,
            enqueuedAt: '2024-03-11T12:00:00.000Z',
          })
          .catch((error) => {
            if (!(error instanceof Crash)) throw error;
            return { kind: 'retry', reason: 'the process ended', errorClass: 'Crash' };
          });
      for (let queue = [...webhooks, ...always], rounds = 0; queue.length > 0; rounds += 1) {
        expect(rounds).toBeLessThan(40);
        const outcomes = await Promise.all(queue.map(attempt));
        for (const { kind } of outcomes) expect(kind).not.toBe('permanent-failure');
        queue = queue.filter((_, position) => ['retry', 'busy'].includes(outcomes[position]?.kind ?? ''));
        place.pass(leaseSeconds + 1);
      }

      const { listings, cancellations } = place.igf.state;
      const snapshot = place.table.order(ofOrder.orderId);
      for (const item of snapshot.returns) {
        const mine = listings.filter(({ returnReasonComment }) =>
          returnReasonComment?.endsWith(listingMark(item)),
        );
        const over = merchantDecision(snapshot, item).end !== undefined;
        expect(item.pendingCall).toBeUndefined();
        expect(mine.length).toBeLessThanOrEqual(1);
        if (over) {
          expect(['Cancelled', 'Closed']).toContain(item.state);
          expect(mine.filter(({ status }) => status !== 'Cancelled')).toEqual([]);
        } else {
          expect(item).toMatchObject({ state: 'Listed', listingId: mine[0]?.id });
          expect(mine).toMatchObject([{ status: 'Available' }]);
          listed += 1;
        }
        for (const { id } of mine)
          expect(cancellations.filter((cancelled) => cancelled === id).length <= 1).toBe(true);
      }
      expect(new Set(cancellations).size).toBe(cancellations.length);
    }),
    runs(150),
  );
  expect(crashed).toBeGreaterThan(0);
  expect(listed).toBeGreaterThan(0);
});
