import type { Policy } from '../../../lib/config/policy.ts';
import { openingFact, shipmentFact } from '../../support/builders.ts';
import { listing, type ReplyTo } from '../../support/doubles/fake-igf.ts';
import { pathInDoubt, refuses, turnedAway, unanswered } from '../../support/doubles/igf-replies.ts';
import { logged, workplace } from '../worker/workplace.ts';

logged();
type Reply = ReplyTo<'info.forwardable'>;

const known = [openingFact(), shipmentFact()];

/** A return that is about to be listed, and IGF's answer to the check of its article. */
function place(answers: Reply[], policy: Partial<Policy> = { checkForwardable: 'on' }) {
  const surroundings = workplace({ facts: known, policy });
  surroundings.igf.next('info.forwardable', ...answers);
  const checks = () => surroundings.igf.callsOf('info.').map(([, check]) => check);
  return { ...surroundings, checks };
}

const says =
  (status: string | null, sku = 'sku-90') =>
  () => [{ sku, productId: '381189', status }];

describe('with checkForwardable=on', () => {
  test('an article that IGF calls Available is listed after one check of just this article', async () => {
    const { work, item, checks } = place([says('Available')]);

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(item().state).toBe('Listed');
    expect(checks()).toEqual([
      {
        items: [{ sku: 'sku-90', productId: '381189' }],
        webshopOrderId: '000000549',
        address: expect.objectContaining({ country: 'NL', postalCode: '9012DE' }),
      },
    ]);
  });

  test.each(['Unavailable', 'available', 'Sold'])(
    'an article that IGF calls %s is NotForwardable with the reason, without a claim and without another check',
    async (status) => {
      const { work, igf, item, table } = place([says(status)]);

      await expect(work()).resolves.toEqual({ kind: 'done' });
      await expect(work([], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });

      expect(item()).toMatchObject({ state: 'NotForwardable', why: expect.stringContaining(status) });
      expect(item()).not.toHaveProperty('listedAs');
      expect(igf.called()).toEqual(['info.forwardable']);
      expect(table.calls).not.toContain('completeClaim');
    },
  );

  test('the check is repeated when the content of the listing has changed', async () => {
    const { work, item, checks } = place([says('Unavailable'), says('Available')]);

    await work();
    await work([
      shipmentFact({ updatedAt: '2024-03-01T00:00:00.000Z', items: [{ sku: 'sku-90', price: 9 }] }),
    ]);

    expect(checks()).toHaveLength(2);
    expect(item().state).toBe('Listed');
  });

  test.each([
    ['no answer', unanswered],
    ['a refusal', refuses(400, 'E1000')],
    ['a path that may be wrong', pathInDoubt],
    ['an empty answer', () => []],
    ['an answer without a status', says(null)],
    ['an answer about another article', says('Available', 'sku-91')],
  ])('%s is never a "no": the check is repeated later', async (_what, fails) => {
    const { work, item } = place([fails, says('Available')]);

    await expect(work()).resolves.toMatchObject({ kind: 'retry' });
    expect(item().state).toBe('Requested');
    expect(item()).not.toHaveProperty('pendingCall');

    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(item().state).toBe('Listed');
  });

  test('the retry waits for IGF’s Retry-After', async () => {
    const { work } = place([turnedAway(45)]);
    await expect(work()).resolves.toMatchObject({ kind: 'retry', afterSeconds: 45 });
  });

  test('a listing call of unknown outcome is resolved before the check', async () => {
    const { work, igf, item, checks, pass } = place([says('Available')]);
    igf.next('listings.create', unanswered).next('listings.ofWebshopOrder', () => [listing()]);

    await work();
    pass(120);
    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(item().state).toBe('Listed');
    expect(checks()).toHaveLength(1);
  });

  test('no check is made when no time is left for it', async () => {
    const { work, clock, checks } = place([]);
    clock.msLeft = 5000;
    await expect(work()).rejects.toMatchObject({ name: 'OutOfTimeError' });
    expect(checks()).toEqual([]);
  });

  test('mode=observe makes no check and explains it', async () => {
    const { work, item, checks } = place([], { checkForwardable: 'on', mode: 'observe' });
    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(checks()).toEqual([]);
    expect(item()).toMatchObject({
      state: 'Requested',
      why: expect.stringMatching(/would check at ItGoesForward/),
    });
  });
});

test('with checkForwardable=off no check is made', async () => {
  const { work, checks } = place([], { checkForwardable: 'off' });
  await expect(work()).resolves.toEqual({ kind: 'done' });
  expect(checks()).toEqual([]);
});
