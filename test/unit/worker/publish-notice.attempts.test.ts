import type { OpeningFact } from '../../../lib/facts/facts.ts';
import { ofReturn, openingFact } from '../../support/builders.ts';
import { unclear, unclearAttention, unclearTasks } from './unclear.ts';
import { leaseSeconds, logged, workplace } from './workplace.ts';

const lines = logged();
const done = { kind: 'done' };

describe('an attempt that crashes', () => {
  /**
   * Processes the message until it is done, each attempt after the leases and claims of the earlier one have
   * ended.
   */
  async function redeliver(place: ReturnType<typeof workplace>, fact: OpeningFact) {
    for (let attempts = 0; attempts < 3; attempts += 1) {
      place.pass(leaseSeconds + 60);
      if ((await place.work([fact])).kind === 'done') return;
    }
    throw new Error('The message was not done after three further attempts.');
  }

  test.each([
    ['the attention of one return', unclear],
    ['an unknown text', { ...openingFact({ reason: 'mouwen te wijd' }) }],
  ])('at any call neither loses the notice nor publishes it more than twice: %s', async (_what, fact) => {
    let crashes = 0;
    for (let crashAt = 1; ; crashAt += 1) {
      const place = workplace();
      let calls = 0;
      place.table.before(async () => {
        calls += 1;
        if (calls === crashAt) throw new Error('crash');
      });
      const crashed = await place.work([fact]).then(
        () => false,
        () => true,
      );
      if (!crashed) break;
      crashes += 1;
      const publishedBefore = place.people.notices.length;
      await redeliver(place, fact);

      expect(place.people.notices).toHaveLength(publishedBefore + 1);
      expect(place.item().notifiedOf).toEqual(place.item().tasks);
    }
    expect(crashes).toBeGreaterThanOrEqual(5);
  });

  test.each([
    ['before it is published', 'before', 1],
    ['after it was published', 'after', 2],
  ] as const)('%s publishes when its message comes back', async (_when, moment, times) => {
    const place = workplace();
    place.people[moment] = () => {
      throw new Error('crash');
    };
    await expect(place.work([unclear])).resolves.toMatchObject({ kind: 'retry', afterSeconds: leaseSeconds });
    delete place.people[moment];
    await redeliver(place, unclear);

    expect(place.people.notices).toHaveLength(times);
    expect(place.item().notifiedOf).toEqual(unclearTasks);
  });
});

test('a notice that SNS refuses for good is not retried with its message, and stays open', async () => {
  const { work, item, people, pass } = workplace();
  people.before = () => {
    throw Object.assign(new Error('Invalid parameter: Subject'), { name: 'InvalidParameterException' });
  };

  await expect(work([unclear])).resolves.toEqual(done);
  expect(lines).toContainEqual(
    expect.objectContaining({ step: 'not-notified', reason: 'InvalidParameterException' }),
  );
  expect(item()).not.toHaveProperty('notifiedOf');

  delete people.before;
  pass(leaseSeconds);
  await expect(work([unclear])).resolves.toEqual(done);
  expect(people.notices).toHaveLength(1);
});

test('a failed notice does not delay other returns of the order', async () => {
  const { work, people, item } = workplace({ policy: { forward: 'each-item' } });
  const other = { ...ofReturn, itemId: '91' };
  people.before = () => {
    throw new Error('SNS is down');
  };

  await expect(work([unclear, openingFact({ itemId: '91' })])).resolves.toMatchObject({ kind: 'retry' });
  expect(item(other).state).toBe('AwaitingShipment');
});

test('an attempt that finds the lease of another one comes back when the lease has ended', async () => {
  const { work, people, pass, iso } = workplace({
    facts: [unclear],
    reached: {
      attention: unclearAttention,
      tasks: unclearTasks,
      noticeLease: { tasks: unclearTasks, until: '2024-03-11T12:00:50.000Z' },
    },
  });
  expect(iso()).toBe('2024-03-11T12:00:00.000Z');

  await expect(work()).resolves.toMatchObject({
    kind: 'busy',
    afterSeconds: 50,
  });
  expect(people.notices).toEqual([]);
  pass(50);
  await expect(work()).resolves.toEqual(done);
  expect(people.notices).toHaveLength(1);
});

test('thirty duplicates at once publish once, also when publishing is slow', async () => {
  const { work, people, pass } = workplace();
  const publishing = Promise.withResolvers<void>();
  const published = Promise.withResolvers<void>();
  people.before = () => {
    publishing.resolve();
    return published.promise;
  };
  const first = work([unclear]);
  await publishing.promise;
  const others = await Promise.all(Array.from({ length: 29 }, () => work([unclear])));
  expect(new Set(others.map(({ kind }) => kind))).toEqual(new Set(['busy']));
  published.resolve();
  await expect(first).resolves.toEqual(done);
  pass(leaseSeconds);
  const again = await Promise.all(others.map(() => work([unclear])));

  expect(new Set(again.map(({ kind }) => kind))).toEqual(new Set(['done']));
  expect(people.notices).toHaveLength(1);
});

test('a lease on one attention does not block the notice of another', async () => {
  const { work, people } = workplace({
    facts: [unclear],
    reached: { noticeLease: { tasks: [{ task: 'refund-due' }], until: '2024-03-11T12:00:50.000Z' } },
  });

  await expect(work()).resolves.toEqual(done);
  expect(people.notices).toHaveLength(1);
});

test('the record of a published notice keeps concurrent writes', async () => {
  const { work, people, table, item } = workplace();
  people.after = () => table.touch(item());
  await expect(work([unclear])).resolves.toEqual(done);

  expect(item().notifiedOf).toEqual(unclearTasks);
  expect(people.notices).toHaveLength(1);
});

test('an attention that ended during publishing is not recorded as published', async () => {
  const { work, people, table, item } = workplace();
  people.after = () => {
    const { attention, attentionSince, tasks, noticeLease, ...rest } = item();
    void table.write({ kind: 'return', content: rest });
  };
  await expect(work([unclear])).resolves.toEqual(done);

  expect(item()).not.toHaveProperty('notifiedOf');
});
