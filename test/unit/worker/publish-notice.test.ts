import type { OpeningFact } from '../../../lib/facts/facts.ts';
import { closingFact, ofReturn, openingFact, pushApiOpening, shipmentFact } from '../../support/builders.ts';
import { refuses, turnedAway } from '../../support/doubles/igf-replies.ts';
import { leaseSeconds, logged, workplace } from './workplace.ts';

const lines = logged();

/** When the carrier collected the shipment to the customer. */
const collectedAt = '2024-02-20T15:31:54.000Z';

/** After the receipt of the other facts. */
const later = '2024-03-20T12:00:00.000Z';

/** The status of the return is unknown, so the return needs attention. */
const unclear = openingFact({ status: undefined, unknownStatus: 'retour goedgekeurd' });
const unclearAttention = 'Map the status of the return: Winkelstraat does not document it.';
const unclearTasks = [{ task: 'status-unknown' }];
const done = { kind: 'done' };

test('an attention is published once, and the return records it', async () => {
  const { work, item, people } = workplace();

  await expect(work([unclear])).resolves.toEqual(done);
  await expect(work([unclear])).resolves.toEqual(done);

  expect(people.notices).toEqual([
    { subject: '[prod] Order 000000549: Map the status of the return', body: expect.any(String) },
  ]);
  expect(people.notices[0]?.body).toContain(unclearAttention);
  expect(people.notices[0]?.body).toContain('npx bridge order 000000549 --stage prod');
  expect(item()).toMatchObject({ attention: unclearAttention, notifiedOf: unclearTasks });
  expect(item().noticeLease).toBeUndefined();
});

test('a duplicate publishes nothing and writes nothing', async () => {
  const { work, table } = workplace();
  await work([unclear]);
  table.calls.length = 0;
  await work([unclear]);

  expect(table.calls).toEqual(['readOrder', 'readMappings']);
});

test('a return without attention publishes nothing', async () => {
  const { work, people, item } = workplace();
  await work([openingFact()]);

  expect(item().state).toBe('AwaitingShipment');
  expect(people.notices).toEqual([]);
});

test('notices are published with mode=observe too', async () => {
  const { work, people } = workplace({ policy: { mode: 'observe' } });
  await work([unclear]);

  expect(people.notices).toHaveLength(1);
});

test('an attention that returns after it ended is published again, and so is another attention', async () => {
  const { work, people, item } = workplace({
    facts: [openingFact()],
    reached: {
      attention: unclearAttention,
      attentionSince: '2024-03-01T00:00:00.000Z',
      tasks: unclearTasks,
      notifiedOf: unclearTasks,
    },
  });
  await work();
  expect(item()).not.toHaveProperty('notifiedOf');

  await work([unclear]);
  await work([{ ...openingFact(), receivedAt: later, reason: 'mouwen te wijd' }, shipmentFact()]);

  expect(people.notices.map(({ subject }) => subject)).toEqual([
    '[prod] Order 000000549: Map the status of the return',
    '[prod] Order 000000549: Map the text of the reason',
  ]);
});

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

test('an unmapped term has one notice for all its returns, and another term has its own', async () => {
  const { work, people, item } = workplace({ policy: { forward: 'each-item' } });
  const unknown = (itemId: string, reason: string) => openingFact({ itemId, reason });
  await work([unknown('90', 'Mouwen te wijd!'), unknown('91', 'mouwen te  wijd')]);
  expect(people.notices).toHaveLength(1);
  await work([unknown('92', 'mouwen te wijd'), unknown('93', 'mouwen te lang')]);

  expect(people.notices).toHaveLength(2);
  for (const itemId of ['90', '91', '92', '93']) {
    const published = item({ ...ofReturn, itemId });
    expect(published).toMatchObject({ state: 'NeedsMapping', notifiedOf: published.tasks });
  }
});

describe('a refusal of ItGoesForward', () => {
  const refusal = refuses(422, 'E1000');

  test('of the listing has a notice with its time and what to do', async () => {
    const { work, igf, people, item, iso } = workplace();
    igf.next('listings.create', refusal);
    await expect(work([pushApiOpening()])).resolves.toMatchObject({ kind: 'permanent-failure' });

    expect(item()).toMatchObject({
      attentionSince: iso(),
      attention: expect.stringContaining('422 (E1000)'),
      notifiedOf: [{ task: 'listing-refused' }],
    });
    expect(people.notices[0]?.subject).toBe('[prod] Order 000000549: Listing refused');
    expect(people.notices[0]?.body).toContain('Correct the cause and redrive the message');
  });

  test('of the cancellation has a notice with its time and what to do', async () => {
    const { work, igf, people, item, iso } = workplace({
      facts: [pushApiOpening()],
      reached: { state: 'Listed', listingId: 7 },
    });
    igf.next('listings.cancel', refusal).next('listings.get', async () => ({ id: 7, status: 'Available' }));
    await expect(work([closingFact()])).resolves.toMatchObject({ kind: 'permanent-failure' });

    expect(item()).toMatchObject({ state: 'Cancelling', attentionSince: iso() });
    expect(people.notices[0]?.body).toContain('Look at listing 7 at ItGoesForward');
  });
});

test('a notice is published while ItGoesForward is down', async () => {
  const { work, igf, people, item } = workplace({
    facts: [pushApiOpening(), shipmentFact({ status: 'EXCEPTION', collectedAt })],
  });
  igf.next('listings.create', turnedAway());
  await expect(work()).resolves.toMatchObject({ kind: 'retry' });

  expect(people.notices[0]?.subject).toMatch(/^\[prod\] Order 000000549: The carrier reports a problem/);
  expect(item().notifiedOf).toEqual(item().tasks);
});

test('an attention that stays the same after a listing is not published again', async () => {
  const { work, igf, people, item } = workplace({
    facts: [pushApiOpening({ status: 'pending' }), shipmentFact({ status: 'EXCEPTION', collectedAt })],
  });
  await work();
  igf.next('listings.create', async () => ({ id: 7, status: 'Available' }));
  await work([pushApiOpening()]);

  expect(item()).toMatchObject({ state: 'Listed', notifiedOf: item().tasks });
  expect(people.notices).toHaveLength(1);
});
