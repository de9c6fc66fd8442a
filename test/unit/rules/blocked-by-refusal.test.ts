import { blockedByRefusal } from '../../../lib/rules/steps.ts';
import { openingFact, situation } from '../../support/builders.ts';

const refusal = {
  eventId: 'event-1',
  enqueuedAt: '2024-03-11T12:00:00.000Z',
  at: '2024-03-11T12:00:05.000Z',
  request: 'the call',
  reason: 'IGF answered 422',
};
const { item } = situation([openingFact()], { state: 'Listing' });
const decided = (enqueuedAt: string, refused = refusal) =>
  blockedByRefusal({ ...item, refusal: refused }, 'the call', { eventId: 'event-1', enqueuedAt })?.action
    .kind;

test('a refused call is not repeated for the same message', () => {
  expect(decided(refusal.enqueuedAt)).toBe('refused');
});

test('a refused call is not repeated when the worker’s clock is minutes behind the queue’s', () => {
  expect(decided(refusal.enqueuedAt, { ...refusal, at: '2024-03-11T11:57:00.000Z' })).toBe('refused');
});

test('a refused call is repeated for a redriven message', () => {
  expect(decided('2024-03-11T13:00:00.000Z')).toBeUndefined();
});
