import { keys, unmappedTask } from '../../../lib/table/keys.ts';
import { openTaskOf } from '../../../lib/table/open-task.ts';
import { now, openingFact, receivedAt, situation } from '../../support/builders.ts';

const since = '2024-03-10T12:00:00.000Z';
const term = { field: 'reason', text: 'mouwen te wijd' } as const;
const task = (reached: Parameters<typeof situation>[1]) =>
  openTaskOf(situation([openingFact()], reached).item);

test('a return that waits for a mapping is in the partition of its term, with its attention', () => {
  expect(
    task({ state: 'NeedsMapping', unmappedTerm: term, attention: 'Map it.', attentionSince: since }),
  ).toEqual({ task: 'UNMAPPED#REASON#mouwen te wijd', due: since });
});

test('a return that waits for the mapping of a status is in the partition of its text', () => {
  const status = { field: 'status', text: 'retour goedgekeurd' } as const;
  expect(
    task({ waits: 'status', unmappedTerm: status, attention: 'Map it.', attentionSince: since }),
  ).toEqual({
    task: 'UNMAPPED#STATUS#retour goedgekeurd',
    due: since,
  });
});

test('any other return that needs a person is in ATTENTION', () => {
  expect(task({ state: 'Listed', attention: 'Look.', attentionSince: since })).toEqual({
    task: 'ATTENTION',
    due: since,
  });
});

test('a return that no longer waits for a mapping leaves the partition of its term', () => {
  expect(task({ state: 'Listing', unmappedTerm: term })).toBeUndefined();
  expect(task({ state: 'Listed', lastUpdateAt: since })).toEqual({ task: 'OPEN', due: since });
});

test('a completed return is open until its refund is due', () => {
  expect(task({ state: 'Completed', lastUpdateAt: since })).toEqual({ task: 'OPEN', due: since });
  expect(task({ state: 'Completed', lastUpdateAt: since, refundDue: true })).toBeUndefined();
  expect(task({ state: 'Settled', lastUpdateAt: since })).toBeUndefined();
});

test('a return that waits for what may never come is in WAITING, until it asks a person', () => {
  const waiting = { state: 'AwaitingShipment', waits: 'shipment', waitingSince: since } as const;
  expect(task(waiting)).toEqual({ task: 'WAITING', due: since });
  expect(task({ ...waiting, attention: 'Mail them.', attentionSince: now })).toEqual({
    task: 'ATTENTION',
    due: now,
  });
});

test('a return of which mode=observe kept a call back is in OBSERVED, unless it waits for something else', () => {
  expect(task({ observedOnly: true })).toEqual({ task: 'OBSERVED', due: receivedAt });
  expect(task({ observedOnly: true, state: 'Listed', lastUpdateAt: since })?.task).toBe('OPEN');
});

test('keys of terms are readable, and a # in a text does not end its part', () => {
  expect(keys.mapping(term)).toEqual({ pk: 'VOCABULARY', sk: 'REASON#mouwen te wijd' });
  expect(keys.unmapped(term)).toEqual({ pk: 'VOCABULARY', sk: 'UNMAPPED#REASON#mouwen te wijd' });
  expect(unmappedTask({ field: 'condition', text: 'maat #42' })).toBe('UNMAPPED#CONDITION#maat %2342');
});
