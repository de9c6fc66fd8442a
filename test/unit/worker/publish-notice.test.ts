import { closingFact, ofReturn, openingFact, pushApiOpening, shipmentFact } from '../../support/builders.ts';
import { refuses, turnedAway } from '../../support/doubles/igf-replies.ts';
import { unclear, unclearAttention, unclearTasks } from './unclear.ts';
import { logged, workplace } from './workplace.ts';

logged();
const done = { kind: 'done' };

/** When the carrier collected the shipment to the customer. */
const collectedAt = '2024-02-20T15:31:54.000Z';

/** After the receipt of the other facts. */
const later = '2024-03-20T12:00:00.000Z';

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
