import { heldWork, keys } from '../../../lib/table/keys.ts';
import { workOf } from '../../../lib/table/open-task.ts';
import { openingFact, situation } from '../../support/builders.ts';

const since = '2024-03-11T12:00:00.000Z';
const held = { field: 'reason', text: 'te wijd' } as const;
const work = (reached: Parameters<typeof situation>[1]) => workOf(situation([openingFact()], reached).item);

test('a return that is held for a text stands under it, with its attention', () => {
  expect(work({ state: 'NeedsMapping', heldFor: held, attention: 'Map it.', attentionSince: since })).toEqual(
    { work: 'HELD#REASON#te wijd', due: since },
  );
});

test('whatever else asks for attention stands under ATTENTION', () => {
  expect(work({ state: 'Listed', attention: 'Look.', attentionSince: since })).toEqual({
    work: 'ATTENTION',
    due: since,
  });
});

test('a return that is held no more leaves its text', () => {
  expect(work({ state: 'Listing', heldFor: held })).toBeUndefined();
  expect(work({ state: 'Listed', heardAt: since })).toEqual({ work: 'OPEN', due: since });
});

test('a completed return is open until its refund is due', () => {
  expect(work({ state: 'Completed', heardAt: since })).toEqual({ work: 'OPEN', due: since });
  expect(work({ state: 'Completed', heardAt: since, refundDue: true })).toBeUndefined();
  expect(work({ state: 'Settled', heardAt: since })).toBeUndefined();
});

test('keys of texts are readable, and a # in a text does not end its part', () => {
  expect(keys.mapping(held)).toEqual({ pk: 'VOCABULARY', sk: 'REASON#te wijd' });
  expect(keys.unknown(held)).toEqual({ pk: 'VOCABULARY', sk: 'UNKNOWN#REASON#te wijd' });
  expect(heldWork({ field: 'condition', text: 'maat #42' })).toBe('HELD#CONDITION#maat %2342');
});
