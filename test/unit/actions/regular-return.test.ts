import type { Policy } from '../../../lib/config/policy.ts';
import { decide } from '../../../lib/decide/decide.ts';
import { IgfRejectedError } from '../../../lib/igf/errors.ts';
import type { Igf } from '../../../lib/igf/worker-igf.ts';
import { context, openingFact, shipmentFact, situation } from '../../support/builders.ts';
import { listing } from '../../support/doubles/scripted-igf.ts';
import { leaseSeconds, logged, turnedAway, unanswered, workplace } from '../worker/workplace.ts';

logged();
type Returns = Igf['returns'];
type Answer = () => Awaited<ReturnType<Returns['create']>>;
const broken = openingFact({ reason: 'broken' });
const made = (id = 5) => ({ id, webshopOrderId: '000000549', products: [{ sku: 'sku-90' }] });

/**
 * A return that can't be forwarded, and IGF with these answers to `POST /returns` and these regular returns.
 */
function place(
  create: Answer[],
  {
    holds = [],
    facts = [broken, shipmentFact()],
    policy = {},
  }: {
    holds?: Awaited<ReturnType<Returns['all']>>;
    facts?: NonNullable<Parameters<typeof workplace>[0]>['facts'];
    policy?: Partial<Policy>;
  } = {},
) {
  const surroundings = workplace({ ...(facts && { facts }), policy: { regularReturns: 'on', ...policy } });
  const calls: string[] = [];
  const requests: Parameters<Returns['create']>[0][] = [];
  surroundings.igf.returns = {
    all: async () => {
      calls.push('all');
      return holds;
    },
    create: async (request) => {
      calls.push('create');
      requests.push(request);
      const answer = create.shift();
      if (!answer) throw new Error('The test supplied no answer.');
      return answer();
    },
  };
  return { ...surroundings, calls, requests, holds };
}

describe('with regularReturns=on, a return that can not be forwarded', () => {
  test('becomes one regular return at IGF', async () => {
    const { work, item, calls, requests } = place([made]);

    await expect(work()).resolves.toEqual({ kind: 'done' });
    await expect(work([], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });

    expect(calls).toEqual(['create']);
    expect(requests).toEqual([
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
    const { work, calls, table } = place([made]);
    table.before(async () => {
      for (let turns = Math.random() * 5; turns > 0; turns -= 1) await null;
    });
    await Promise.all(Array.from({ length: 30 }, () => work()));
    expect(calls).toEqual(['create']);
  });

  test('waits for the shipment that names its sender', async () => {
    const { work, item, calls } = place([made], { facts: [broken] });
    await work();
    expect(calls).toEqual([]);
    expect(item().state).toBe('NotForwardable');
    await work([shipmentFact()]);
    expect(calls).toEqual(['create']);
  });

  test('is looked up first after a call of unknown outcome, and its regular return is adopted', async () => {
    const { work, item, calls, holds, pass } = place([() => unanswered('POST /returns')]);
    await expect(work()).resolves.toMatchObject({ kind: 'retry', afterSeconds: leaseSeconds });
    pass(leaseSeconds);
    holds.push(
      { ...made(4), products: [{ sku: 'sku-91' }] },
      { ...made(3), webshopOrderId: 'other' },
      made(6),
    );

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(calls).toEqual(['create', 'all']);
    expect(item()).toMatchObject({ state: 'NotForwardable', regularReturn: { id: 6 } });
  });

  test('becomes one after a call of unknown outcome that did nothing', async () => {
    const { work, item, calls, pass } = place([() => unanswered('POST /returns'), made]);
    await work();
    pass(leaseSeconds);
    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(calls).toEqual(['create', 'all', 'create']);
    expect(item().regularReturn).toEqual({ id: 5 });
  });

  test('is not made twice when IGF refuses to say whether it was made', async () => {
    const { work, igf, item, calls, holds, pass } = place([() => unanswered('POST /returns')]);
    await work();
    pass(leaseSeconds);
    const { all } = igf.returns;
    igf.returns = {
      ...igf.returns,
      all: () => Promise.reject(new IgfRejectedError('GET /returns', 400, 'E1')),
    };
    await expect(work()).resolves.toMatchObject({ kind: 'retry', afterSeconds: leaseSeconds });
    expect(item()).toMatchObject({ pendingCall: { operation: 'regular-return' } });
    pass(leaseSeconds);
    igf.returns = { ...igf.returns, all };
    holds.push(made(6));
    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(calls).toEqual(['create', 'all']);
    expect(item()).toMatchObject({ regularReturn: { id: 6 } });
  });

  test('is listed instead when its facts were corrected meanwhile', async () => {
    const { work, igf, item, calls, pass } = place([() => unanswered('POST /returns')]);
    igf.on('create', async () => listing());
    await work();
    pass(leaseSeconds);
    const corrected = openingFact({ reason: 'too_small', receivedAt: '2024-03-10T10:00:00.000Z' });
    await expect(work([corrected])).resolves.toEqual({ kind: 'done' });
    expect(calls).toEqual(['create', 'all']);
    expect(item()).toMatchObject({ state: 'Listed' });
    expect(item()).not.toHaveProperty('regularReturn');
  });

  test('is not listed any more after it became one', async () => {
    const { work, igf, item } = place([made]);
    await work();
    await work([openingFact({ reason: 'too_small', receivedAt: '2024-03-10T10:00:00.000Z' })]);
    expect(igf.calls).toEqual([]);
    expect(item()).toMatchObject({ state: 'NotForwardable', regularReturn: { id: 5 } });
  });

  test('becomes one later when IGF turns the call away', async () => {
    const { work, item, calls } = place([() => turnedAway(30), made]);
    await expect(work()).resolves.toMatchObject({ kind: 'retry', afterSeconds: 30 });
    expect(item()).not.toHaveProperty('pendingCall');
    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(calls).toEqual(['create', 'create']);
  });

  test('is parked with attention when IGF refuses the call, and becomes one after a redrive', async () => {
    const refusal: Answer = () => {
      throw new IgfRejectedError('POST /returns', 400, 'E2000');
    };
    const { work, item, calls, pass, iso } = place([refusal, made]);
    await expect(work()).resolves.toMatchObject({ kind: 'permanent-failure' });
    expect(item()).toMatchObject({ state: 'NotForwardable', attention: expect.stringContaining('by hand') });
    await expect(work([], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });
    expect(calls).toEqual(['create']);

    pass(60);
    await expect(work([], { enqueuedAt: iso() })).resolves.toEqual({ kind: 'done' });
    expect(item()).toMatchObject({ regularReturn: { id: 5 } });
    expect(item()).not.toHaveProperty('attention');
  });

  test('is closed without a regular return once it is over', async () => {
    const { work, item, calls, pass } = place([() => unanswered('POST /returns')]);
    await work();
    pass(leaseSeconds);
    await expect(work([openingFact({ reason: 'broken', status: 'denied' })])).resolves.toEqual({
      kind: 'done',
    });
    expect(calls).toEqual(['create']);
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
    const { work, item, calls, holds, pass } = place(
      [made, () => unanswered('POST /returns'), () => made(6)],
      {
        facts: [broken, other, shipmentFact()],
      },
    );
    await work();
    pass(leaseSeconds);
    holds.push(made(5));
    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(calls).toEqual(['create', 'create', 'all', 'create']);
    expect(item().regularReturn).toEqual({ id: 5 });
    expect(item({ rmaId: other.rmaId, itemId: '91' }).regularReturn).toEqual({ id: 6 });
  });

  test('becomes another one when another unit adopted its regular return before the answer', async () => {
    const other = openingFact({ reason: 'broken', itemId: '91' });
    const facts = [broken, other, shipmentFact()];
    const answers = [() => turnedAway(30), () => unanswered('POST /returns')];
    const { work, item, igf, holds, pass } = place(answers, { facts });
    await work();
    pass(leaseSeconds);
    let id = 102;
    const create = async () => {
      id += 1;
      holds.push(made(id));
      const answer = made(id);
      if (id === 103) await work([], { eventId: 'event-2' });
      return answer;
    };
    igf.returns = { ...igf.returns, create };
    await expect(work()).rejects.toThrow('regular return 103 belongs to another return');
    pass(leaseSeconds);
    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(item({ rmaId: other.rmaId, itemId: '91' }).regularReturn).toEqual({ id: 103 });
    expect(item().regularReturn).toEqual({ id: 104 });
  });

  test('whose call was turned away still checks a later listing call of unknown outcome', async () => {
    const { work, igf, item, calls, pass } = place([() => turnedAway(30)]);
    igf.on('create', async () => unanswered()).on('ofWebshopOrder', async () => [listing()]);
    await work();
    await work([openingFact({ reason: 'too_small', receivedAt: '2024-03-10T10:00:00.000Z' })]);
    pass(leaseSeconds);
    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(calls).toEqual(['create']);
    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
  });

  test('is only explained with mode=observe', async () => {
    const { work, item, calls } = place([], { policy: { mode: 'observe' } });
    await work();
    await work([], { eventId: 'event-2' });
    expect(calls).toEqual([]);
    expect(item()).toMatchObject({
      state: 'NotForwardable',
      why: expect.stringMatching(/^Observed only: it would become a regular return\. The normal/),
    });
  });
});

test('with regularReturns=off the normal return goes on', async () => {
  const { work, item, calls } = place([], { policy: { regularReturns: 'off' } });
  await expect(work()).resolves.toEqual({ kind: 'done' });
  expect(calls).toEqual([]);
  expect(item().state).toBe('NotForwardable');
});
