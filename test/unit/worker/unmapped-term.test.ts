import { openTaskOf } from '../../../lib/table/open-task.ts';
import { atIgf, now, ofReturn, openingFact, shipmentFact } from '../../support/builders.ts';
import { logged, workplace } from './workplace.ts';

const lines = logged();
const mapping = { field: 'reason', text: 'mouwen te wijd', meaning: 'too_big' } as const;
const unknown = [openingFact({ reason: 'Mouwen te wijd' }), shipmentFact()];

test('a return whose texts are all built in causes no read of the mappings', async () => {
  const { work, igf, table } = workplace({ facts: [openingFact({ reason: 'te klein' }), shipmentFact()] });
  await work();
  expect(igf.called('listings')).toEqual(['create']);
  expect(table.calls).not.toContain('readMappings');
});

test('an unmapped term is noted before the return waits for it, and is in no log line', async () => {
  const { work, item, igf, table } = workplace({ facts: unknown });
  await work();
  expect(item()).toMatchObject({
    state: 'NeedsMapping',
    unmappedTerm: { field: 'reason', text: 'mouwen te wijd' },
  });
  expect(table.unmapped).toMatchObject([{ field: 'reason', text: 'mouwen te wijd' }]);
  expect(table.calls.indexOf('noteUnmapped')).toBeLessThan(table.calls.indexOf('write'));
  expect(igf.called('listings')).toEqual([]);
  expect(JSON.stringify(lines)).not.toMatch(/mouwen te wijd/i);
});

test('a return that waits already is not noted or written again', async () => {
  const { work, table } = workplace({ facts: unknown });
  await work();
  table.calls.length = 0;
  await work([], { eventId: 'event-2' });
  expect(table.calls).toEqual(['readOrder', 'readMappings']);
});

test('a return with a mapped text is listed without waiting', async () => {
  const { work, item, igf, table } = workplace({ facts: unknown });
  table.mappings.push(mapping);
  await work();
  expect(item().state).toBe('Listed');
  expect(igf.callsOf('listings.')).toEqual([
    ['listings.create', expect.objectContaining({ returnReason: 'too_big' })],
  ]);
  expect(table.unmapped).toEqual([]);
});

test('a waiting return is listed once its text is mapped, and does not wait any more', async () => {
  const { work, item, igf, table } = workplace({ facts: unknown });
  await work();
  table.mappings.push(mapping);
  igf.next('listings.create', async (create) => {
    expect(item()).not.toHaveProperty('unmappedTerm');
    return create();
  });
  await work([], { eventId: 'event-2' });
  expect(item().state).toBe('Listed');
  expect(item()).not.toHaveProperty('unmappedTerm');
  expect(item()).not.toHaveProperty('attention');
});

test('a mapping between the decision and its write is not missed', async () => {
  const { work, item, igf, table } = workplace({ facts: unknown });
  table.beforeNext('write', () => table.mappings.push(mapping));
  await work();
  expect(item().state).toBe('Listed');
  expect(igf.called('listings')).toEqual(['create']);
});

test('a return whose text is corrected to another unknown one waits for that one', async () => {
  const { work, item } = workplace({ facts: unknown });
  await work();
  await work([openingFact({ reason: 'mouwen te lang', receivedAt: '2024-03-11T12:00:00.000Z' })]);
  expect(item()).toMatchObject({
    state: 'NeedsMapping',
    unmappedTerm: { field: 'reason', text: 'mouwen te lang' },
  });
});

test('each unmapped term of a return has its notice, although the attention is the same', async () => {
  const { work, people } = workplace({ facts: unknown });
  await work();
  await work([openingFact({ reason: 'mouwen te lang', receivedAt: '2024-03-11T12:00:00.000Z' })]);
  await work([], { eventId: 'event-2' });
  expect(people.notices).toHaveLength(2);
});

test('a return with two unknown texts waits for the other one when one is mapped', async () => {
  const facts = [openingFact({ reason: 'mouwen te wijd', condition: 'een beetje los' }), shipmentFact()];
  const { work, item, table } = workplace({ facts });
  await work();
  table.mappings.push(mapping);
  await work([], { eventId: 'event-2' });
  expect(item()).toMatchObject({
    state: 'NeedsMapping',
    unmappedTerm: { field: 'condition', text: 'een beetje los' },
  });
  expect(table.unmapped).toHaveLength(2);
});

describe('a status that is not documented', () => {
  const text = 'Retour goedgekeurd';
  const undocumented = [openingFact({ status: undefined, unknownStatus: text }), shipmentFact()];
  const status = { field: 'status', text: 'retour goedgekeurd' } as const;

  test('is noted, and the return waits for its mapping', async () => {
    const { work, item, igf, table } = workplace({ facts: undocumented });
    await work();
    expect(item()).toMatchObject({ state: 'Requested', waits: 'status', unmappedTerm: status });
    expect(table.unmapped).toMatchObject([status]);
    expect(igf.calls).toEqual([]);
  });

  test('has one notice, although several returns have it', async () => {
    const { work, people, item } = workplace({ facts: undocumented });
    await work([openingFact({ rmaId: '000000094', status: undefined, unknownStatus: text })]);
    expect(people.notices).toHaveLength(1);
    expect(item({ rmaId: '000000094', itemId: '90' }).attention).toMatch(/^Map the status/);
  });

  test.each([
    ['authorized', 'Listed'],
    ['denied', 'Closed'],
  ] as const)('that is mapped to %s makes the return %s', async (meaning, state) => {
    const { work, item, table } = workplace({ facts: undocumented });
    await work();
    table.mappings.push({ ...status, meaning });
    await work([], { eventId: 'event-2' });
    expect(item().state).toBe(state);
    expect(item()).not.toHaveProperty('unmappedTerm');
    expect(item()).not.toHaveProperty('waits');
  });

  test('does not stop a listing, and cancels it once it is mapped to denied', async () => {
    const { work, item, table } = workplace({ facts: [openingFact(), shipmentFact()] });
    await work();
    const later = { receivedAt: '2024-03-11T12:00:00.000Z', unknownStatus: text };
    await work([openingFact({ status: undefined, ...later })]);
    expect(item()).toMatchObject({ state: 'Listed', attention: expect.stringMatching(/^Map the status/) });
    // It waits for nothing, so the reconciler goes on polling it.
    expect(openTaskOf(item())?.task).toBe('ATTENTION');
    expect(table.unmapped).toMatchObject([status]);

    table.mappings.push({ ...status, meaning: 'denied' });
    await work([], { eventId: 'event-2' });
    expect(item().state).toBe('Cancelled');
    expect(item()).not.toHaveProperty('unmappedTerm');
  });

  test('of a listed return is noted once, and again only when it is another one', async () => {
    const { work, table } = workplace({ facts: undocumented, reached: { state: 'Listed', listingId: 7 } });
    await work();
    await work([], { eventId: 'event-2' });
    expect(table.calls.filter((call) => call === 'noteUnmapped')).toHaveLength(1);
    await work([openingFact({ status: undefined, unknownStatus: 'onderweg', receivedAt: now })]);
    expect(table.unmapped).toHaveLength(2);
  });

  test('takes no notice of a refund away, although another return has the notice of its text', async () => {
    const other = openingFact({ rmaId: '000000094', status: undefined, unknownStatus: text });
    const reached = { state: 'Completed', listingId: 7, igf: { ...atIgf('Completed') } } as const;
    const { work, people, table, item } = workplace({ facts: [...undocumented, other], reached });
    for (const { rmaId } of [ofReturn, other]) {
      const content = item({ rmaId, itemId: '90' });
      const igf = { ...reached.igf, events: [...reached.igf.events, 'REFUND' as const] };
      await table.write({ kind: 'return', content: { ...content, igf } });
    }
    await work();
    expect(people.notices.map(({ subject }) => subject)).toEqual(
      Array(2).fill(expect.stringMatching(/Refund due/)),
    );
  });
});
