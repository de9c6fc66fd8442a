import fc from 'fast-check';
import { decide } from '../../../lib/decide/decide.ts';
import { articleOf } from '../../../lib/returns/article.ts';
import { readListing } from '../../../lib/returns/listing-request.ts';
import { merchantDecision } from '../../../lib/returns/merchant-decision.ts';
import { returnStates } from '../../../lib/returns/return-item.ts';
import { isForwardable } from '../../../lib/rules/forwardable.ts';
import { anyClosing, anyFacts, anyOpening, anyPolicy, anySituation } from '../../support/arbitraries.ts';
import { context, now, situation } from '../../support/builders.ts';
import { listingRequestOf } from '../../support/decisions.ts';
import { runs } from '../../support/long-form.ts';

const calls = ['list', 'cancel', 'resolve', 'check', 'deliver', 'regular-return'];
const ended = ['Shipped', 'Completed', 'Settled', 'Unmatched', 'Cancelled', 'DeadlinePassed', 'Closed'];

/** Checks a property for every order, return and policy. */
const always = (holds: (situation: { decision: ReturnType<typeof decide> } & Situation) => void): void =>
  fc.assert(
    fc.property(anySituation, anyPolicy, ({ order, item }, policy) => {
      const decision = decide(order, item, context({ policy }));
      holds({ order, item, policy, decision });
    }),
    runs(300),
  );

interface Situation extends Pick<Parameters<typeof decide>[2], 'policy'> {
  order: Parameters<typeof decide>[0];
  item: Parameters<typeof decide>[1];
}

test('there is always a decision: a state and a sentence', () => {
  always(({ decision }) => {
    expect(returnStates).toContain(decision.state);
    expect(decision.why).toMatch(/\S.*\.$/s);
  });
});

test('the same order gives the same decision, and the order is not changed', () => {
  always(({ order, item, policy, decision }) => {
    const before = structuredClone({ order, item });
    expect(decide(order, item, context({ policy }))).toEqual(decision);
    expect({ order, item }).toEqual(before);
  });
});

test('a return that is over at the merchant is never listed', () => {
  always(({ order, item, decision }) => {
    if (merchantDecision(order, item).end) expect(decision.action.kind).not.toBe('list');
  });
});

test('a return that is over stays over after any further report, and is never listed', () => {
  fc.assert(
    fc.property(
      anyFacts,
      fc.array(fc.oneof(anyOpening, anyClosing), { maxLength: 3 }),
      anyPolicy,
      (facts, more, policy) => {
        const before = situation(facts);
        fc.pre(merchantDecision(before.order, before.item).end !== undefined);
        const after = situation([...facts, ...more]);
        expect(merchantDecision(after.order, after.item).end).toBeDefined();
        expect(decide(after.order, after.item, context({ policy })).action.kind).not.toBe('list');
      },
    ),
    runs(300),
  );
});

test('a pending return is never listed', () => {
  fc.assert(
    fc.property(anyOpening, anyFacts, anyPolicy, (opening, facts, policy) => {
      const others = facts.filter(({ kind }) => kind === 'shipment' || kind === 'rma');
      const { order, item } = situation([{ ...opening, status: 'pending' }, ...others]);
      expect(decide(order, item, context({ policy })).action.kind).not.toBe('list');
    }),
    runs(300),
  );
});

test('mode=observe never calls IGF, and a second decision is the same', () => {
  always(({ order, item, policy }) => {
    const observe = context({ policy: { ...policy, mode: 'observe' } });
    const decision = decide(order, item, observe);
    expect(calls).not.toContain(decision.action.kind);
    const { rule, ...said } = decision;
    const { state, why, attention, tasks } = said;
    // Another rule may give the same explanation: a rule closes a return, and the next one finds it closed.
    expect(decide(order, { ...item, state, why, attention, tasks }, observe)).toMatchObject(said);
  });
});

test('a listed article can go to another customer, and the request is exactly the mapped one', () => {
  let listed = 0;
  always(({ order, item, policy, decision }) => {
    if (decision.action.kind !== 'list') return;
    listed += 1;
    const article = articleOf(order, item);
    if (!article) throw new Error('The article of a listing is known.');
    const { itemCount } = merchantDecision(order, item);
    const { texts = {} } = item;
    expect(isForwardable(article, { policy, texts, itemCount })).toEqual({ verdict: 'yes' });
    expect(readListing(item, article, policy)).toEqual({ request: listingRequestOf(decision.action) });
  });
  expect(listed).toBeGreaterThan(5);
});

test('no attempt acts on a return while a claim on it lasts', () => {
  always(({ item, decision }) => {
    if (!item.pendingCall || item.pendingCall.until <= now || ended.includes(item.state)) return;
    expect(decision.action).toEqual({ kind: 'wait', until: item.pendingCall.until });
  });
});

test('IGF is checked for a call of unknown outcome before anything else is done', () => {
  always(({ item, policy, decision }) => {
    if (!item.pendingCall || item.pendingCall.until > now || policy.mode === 'observe') return;
    if (item.state !== 'Listing' && item.state !== 'Cancelling') return;
    expect(decision.state).toBe(item.state);
    const checks =
      'checkFirst' in decision.action ? decision.action.checkFirst : decision.action.kind === 'resolve';
    expect(checks).toBe(true);
  });
});

test('a listing is cancelled by its own number, and for good only once its return is over', () => {
  always(({ order, item, decision }) => {
    if (decision.action.kind !== 'cancel') return;
    expect(decision.action).toMatchObject({ listingId: item.listingId });
    const isWithdrawn = 'withdraw' in decision.action && decision.action.withdraw;
    if (item.state !== 'Cancelling' && !isWithdrawn) expect(merchantDecision(order, item).end).toBeDefined();
  });
});

test('a return that was listed is never listed again', () => {
  always(({ item, decision }) => {
    if (item.listingId !== undefined) expect(decision.action.kind).not.toBe('list');
  });
});
