import type { Policy } from '../../../lib/config/policy.ts';
import { decide } from '../../../lib/decide/decide.ts';
import { context, openingFact, shipmentFact, situation } from '../../support/builders.ts';
import { listing, type ReplyTo } from '../../support/doubles/fake-igf.ts';
import { answered, refuses, turnedAway, unanswered } from '../../support/doubles/igf-replies.ts';
import { leaseSeconds, logged, workplace } from '../worker/workplace.ts';

logged();
type Reply = ReplyTo<'returns.create'>;
const broken = openingFact({ reason: 'broken' });
/** A return that a correction makes forwardable. */
const inPounds = { facts: [openingFact({ currency: 'GBP' }), shipmentFact()] };
const corrected = openingFact({ currency: 'EUR', receivedAt: '2024-03-10T10:00:00.000Z' });
const made = (id = 5) => ({ id, webshopOrderId: '000000549', products: [{ sku: 'sku-90' }] });

/** A return that can't be forwarded, and how IGF answers `POST /returns`. */
function place(
  create: Reply[],
  {
    facts = [broken, shipmentFact()],
    policy = {},
  }: {
    facts?: NonNullable<Parameters<typeof workplace>[0]>['facts'];
    policy?: Partial<Policy>;
  } = {},
) {
  const surroundings = workplace({ ...(facts && { facts }), policy: { regularReturns: 'on', ...policy } });
  const { igf } = surroundings;
  igf.next('returns.create', ...create);
  const requests = () => igf.callsOf('returns.create').map(([, request]) => request);
  return { ...surroundings, calls: () => igf.called('returns'), requests, holds: igf.state.returns };
}

describe('with regularReturns=on, a return that can not be forwarded', () => {
  test('names the article by the sku that the policy makes', async () => {
    const facts = [{ ...broken, mpn: 'MPN9', size: 'L' }, shipmentFact()];
    const { work, requests } = place([answered], { facts, policy: { sku: 'article_number' } });

    await work();

    expect(requests()).toMatchObject([{ products: [{ sku: 'MPN9 L' }] }]);
  });

  test('becomes one regular return at IGF', async () => {
    const { work, item, calls, requests } = place([answered]);

    await expect(work()).resolves.toEqual({ kind: 'done' });
    await expect(work([], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });

    expect(calls()).toEqual(['create']);
    expect(requests()).toEqual([
      {
        webshopOrderId: '000000549',
        products: [{ sku: 'sku-90', productId: '381189', quantity: 1 }],
        customer: expect.objectContaining({ email: 'jan.jansen@example.com', lastName: 'Jansen' }),
      },
    ]);
    expect(item()).toMatchObject({
      state: 'NotForwardable',
      why: expect.stringMatching(/broken.*regular return 5/),
      regularReturn: { id: 5 },
    });
    expect(item()).not.toHaveProperty('pendingCall');
  });

  test('becomes one regular return by thirty workers at once', async () => {
    const { work, calls, table } = place([answered]);
    table.before(async () => {
      for (let turns = Math.random() * 5; turns > 0; turns -= 1) await null;
    });
    await Promise.all(Array.from({ length: 30 }, () => work()));
    expect(calls()).toEqual(['create']);
  });

  test('waits for the shipment that names its sender', async () => {
    const { work, item, calls } = place([answered], { facts: [broken] });
    await work();
    expect(calls()).toEqual([]);
    expect(item().state).toBe('NotForwardable');
    await work([shipmentFact()]);
    expect(calls()).toEqual(['create']);
  });

  test('is looked up first after a call of unknown outcome, and its regular return is adopted', async () => {
    const { work, item, calls, holds, pass } = place([unanswered]);
    await expect(work()).resolves.toMatchObject({ kind: 'retry', afterSeconds: leaseSeconds });
    pass(leaseSeconds);
    holds.push(
      { ...made(4), products: [{ sku: 'sku-91' }] },
      { ...made(3), webshopOrderId: 'other' },
      made(6),
    );

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(calls()).toEqual(['create', 'all']);
    expect(item()).toMatchObject({ state: 'NotForwardable', regularReturn: { id: 6 } });
  });

  test('becomes one after a call of unknown outcome that did nothing', async () => {
    const { work, item, calls, pass } = place([unanswered, answered]);
    await work();
    pass(leaseSeconds);
    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(calls()).toEqual(['create', 'all', 'create']);
    expect(item().regularReturn).toEqual({ id: 5 });
  });

  test('is not made twice when IGF refuses to say whether it was made', async () => {
    const { work, igf, item, calls, holds, pass } = place([unanswered]);
    await work();
    pass(leaseSeconds);
    igf.next('returns.all', refuses(400, 'E1'));
    await expect(work()).resolves.toMatchObject({ kind: 'retry', afterSeconds: leaseSeconds });
    expect(item()).toMatchObject({ pendingCall: { operation: 'regular-return' } });
    pass(leaseSeconds);
    holds.push(made(6));
    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(calls()).toEqual(['create', 'all', 'all']);
    expect(item()).toMatchObject({ regularReturn: { id: 6 } });
  });

  test('is listed instead when its facts were corrected meanwhile', async () => {
    const { work, item, calls, pass } = place([unanswered], inPounds);
    await work();
    pass(leaseSeconds);
    await expect(work([corrected])).resolves.toEqual({ kind: 'done' });
    expect(calls()).toEqual(['create', 'all']);
    expect(item()).toMatchObject({ state: 'Listed' });
    expect(item()).not.toHaveProperty('regularReturn');
  });

  test('is not listed any more after it became one', async () => {
    const { work, igf, item } = place([answered]);
    await work();
    await work([openingFact({ reason: 'too_small', receivedAt: '2024-03-10T10:00:00.000Z' })]);
    expect(igf.called()).toEqual(['returns.create']);
    expect(item()).toMatchObject({ state: 'NotForwardable', regularReturn: { id: 5 } });
  });

  test('becomes one later when IGF turns the call away', async () => {
    const { work, item, calls } = place([turnedAway(30), answered]);
    await expect(work()).resolves.toMatchObject({ kind: 'retry', afterSeconds: 30 });
    expect(item()).not.toHaveProperty('pendingCall');
    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(calls()).toEqual(['create', 'create']);
  });

  test('is parked with attention when IGF refuses the call, and becomes one after a redrive', async () => {
    const refusal: Reply = refuses(400, 'E2000');
    const { work, item, calls, pass, iso } = place([refusal, answered]);
    await expect(work()).resolves.toMatchObject({ kind: 'permanent-failure' });
    expect(item()).toMatchObject({ state: 'NotForwardable', attention: expect.stringContaining('by hand') });
    await expect(work([], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });
    expect(calls()).toEqual(['create']);

    pass(60);
    await expect(work([], { enqueuedAt: iso() })).resolves.toEqual({ kind: 'done' });
    expect(item()).toMatchObject({ regularReturn: { id: 5 } });
    expect(item()).not.toHaveProperty('attention');
  });

  test('is closed without a regular return once it is over', async () => {
    const { work, item, calls, pass } = place([unanswered]);
    await work();
    pass(leaseSeconds);
    await expect(work([openingFact({ reason: 'broken', status: 'denied' })])).resolves.toEqual({
      kind: 'done',
    });
    expect(calls()).toEqual(['create']);
    expect(item().state).toBe('Closed');
  });

  test('is closed at once when the call of unknown outcome was for a regular return', () => {
    const pendingCall = {
      operation: 'regular-return' as const,
      request: '',
      token: 'gone',
      until: '2024-03-11T11:00:00.000Z',
    };
    const facts = [openingFact({ reason: 'broken', status: 'denied' })];
    const { order, item } = situation(facts, { state: 'NotForwardable', pendingCall });
    expect(decide(order, item, context())).toMatchObject({ state: 'Closed', action: { kind: 'none' } });
  });

  test('does not adopt the regular return of another unit of the same article', async () => {
    const other = openingFact({ reason: 'broken', itemId: '91' });
    const { work, item, calls, pass } = place([answered, unanswered, answered], {
      facts: [broken, other, shipmentFact()],
    });
    await work();
    pass(leaseSeconds);
    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(calls()).toEqual(['create', 'create', 'all', 'create']);
    expect(item().regularReturn).toEqual({ id: 5 });
    expect(item({ rmaId: other.rmaId, itemId: '91' }).regularReturn).toEqual({ id: 6 });
  });

  test('becomes another one when another unit adopted its regular return before the answer', async () => {
    const other = openingFact({ reason: 'broken', itemId: '91' });
    const facts = [broken, other, shipmentFact()];
    const answers = [turnedAway(30), unanswered];
    const { work, item, igf, pass } = place(answers, { facts });
    await work();
    pass(leaseSeconds);
    igf.next('returns.create', async (create) => {
      const answer = await create();
      await work([], { eventId: 'event-2' });
      return answer;
    });
    await expect(work()).rejects.toThrow('regular return 5 belongs to another return');
    pass(leaseSeconds);
    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(item({ rmaId: other.rmaId, itemId: '91' }).regularReturn).toEqual({ id: 5 });
    expect(item().regularReturn).toEqual({ id: 6 });
  });

  test('whose call was turned away still checks a later listing call of unknown outcome', async () => {
    const { work, igf, item, calls, pass } = place([turnedAway(30)], inPounds);
    igf.next('listings.create', unanswered).next('listings.ofWebshopOrder', () => [listing()]);
    await work();
    await work([corrected]);
    pass(leaseSeconds);
    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(calls()).toEqual(['create']);
    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
  });

  test('is only explained with mode=observe', async () => {
    const { work, item, calls } = place([], { policy: { mode: 'observe' } });
    await work();
    await work([], { eventId: 'event-2' });
    expect(calls()).toEqual([]);
    expect(item()).toMatchObject({
      state: 'NotForwardable',
      why: expect.stringMatching(/^Observed only: it would become a regular return\. The normal/),
    });
  });
});

test('with regularReturns=off the normal return goes on', async () => {
  const { work, item, calls } = place([], { policy: { regularReturns: 'off' } });
  await expect(work()).resolves.toEqual({ kind: 'done' });
  expect(calls()).toEqual([]);
  expect(item().state).toBe('NotForwardable');
});
