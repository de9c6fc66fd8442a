import fc from 'fast-check';
import type { Outcome } from '../../../lib/actions/action.ts';
import type { OpeningFact, OrderFact } from '../../../lib/facts/facts.ts';
import type { Family } from '../../../lib/facts/vendor-terms.ts';
import { ofOrder, openingFact, pushApiOpening, rmaFact, shipmentFact } from '../../support/builders.ts';
import { inTurn, type ReplyName } from '../../support/doubles/igf-replies.ts';
import { runs } from '../../support/long-form.ts';
import { leaseSeconds, logged, workplace } from './workplace.ts';

logged();

/** One RMA with one item, as one of the families reports it. */
function reported(family: Family, rma: number, change: Partial<OpeningFact>): OrderFact[] {
  const rmaId = `00000009${rma}`;
  const opening = family === 'push-api' ? pushApiOpening : openingFact;
  const { status = 'authorized' } = change;
  return [
    rmaFact({ family, rmaId, status, itemIds: ['1'] }),
    opening({ ...(family === 'push-api' && { sku: 'SKU-90' }), rmaId, itemId: '1', ...change }),
  ];
}

const families = fc.constantFrom<Family>('stock-hub', 'push-api');
/** Facts that list a return, withdraw it, list it anew, or end it. */
const changes = fc.constantFrom<Partial<OpeningFact>>(
  {},
  {},
  { reason: 'too_small' },
  { reason: 'broken' },
  { status: 'denied' },
  { status: 'received', quantityReturned: 1 },
  { price: 250 },
);
const rma = fc.tuple(families, fc.integer({ min: 1, max: 3 }), changes).map((told) => reported(...told));
const shipmentOf = (quantity: number): OrderFact =>
  shipmentFact({ status: 'DELIVERED', items: [{ sku: 'sku-90', quantity, price: 270 }] });
const replies = fc.array(
  fc.constantFrom<ReplyName>('answered', 'answered', 'unanswered', 'doneButUnanswered', 'turnedAway'),
  { maxLength: 12 },
);

/** Deliveries of one order, some of them at the same time. */
const lives = fc.record({
  sent: fc.integer({ min: 1, max: 2 }),
  rounds: fc.array(fc.array(rma, { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 4,
  }),
  replies,
  turns: fc.infiniteStream(fc.nat(4)),
});

test('units on offer never exceed the units sent, and no return is listed more than three times', async () => {
  let most = 0;
  let onOffer = 0;
  await fc.assert(
    fc.asyncProperty(lives, async ({ sent, rounds, replies: some, turns }) => {
      const place = workplace({ facts: [shipmentOf(sent)] });
      const pause = async () => {
        for (let left = turns.next().value ?? 0; left > 0; left -= 1) await null;
      };
      place.igf.otherwise = inTurn(some, pause);
      place.table.before(pause);
      for (const [round, deliveries] of rounds.entries()) {
        const work = (facts: OrderFact[], index: number): Promise<Outcome> =>
          place.work(facts, { eventId: `event-${round}-${index}`, enqueuedAt: place.iso() });
        let left = deliveries.map((facts, index) => ({ facts, index }));
        for (let tries = 0; left.length > 0; tries += 1) {
          expect(tries).toBeLessThan(30);
          const outcomes = await Promise.all(left.map(({ facts, index }) => work(facts, index)));
          left = left.filter((_, at) => ['retry', 'busy'].includes(outcomes[at]?.kind ?? ''));
          place.pass(leaseSeconds + 1);
        }
        const order = place.table.order(ofOrder.orderId);
        expect(place.igf.mostLive).toBeLessThanOrEqual(sent);
        expect(order.returns.every(({ pendingCall }) => pendingCall === undefined)).toBe(true);
        for (const { earlierListings = [] } of order.returns) {
          expect(earlierListings.length).toBeLessThanOrEqual(3);
          most = Math.max(most, earlierListings.length);
        }
      }
      onOffer = Math.max(onOffer, place.igf.mostLive);
      const marks = place.igf.state.listings.map(({ returnReasonComment }) => returnReasonComment);
      expect(new Set(marks).size).toBe(marks.length);
    }),
    runs(200),
  );
  expect(most).toBeGreaterThan(0);
  expect(onOffer).toBe(2);
});
