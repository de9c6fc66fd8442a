import { done, type Outcome } from '../../../lib/actions/action.ts';
import { combineOutcomes, skipped } from '../../../lib/worker/disposition.ts';

const retry = (afterSeconds?: number): Outcome => ({
  kind: 'retry',
  reason: 'no answer',
  errorClass: 'IgfUnavailableError',
  afterSeconds,
});
const rejected: Outcome = { kind: 'permanent-failure', reason: 'refused', errorClass: 'IgfRejectedError' };

test('the outcome of a message without returns is that there was nothing to do', () => {
  expect(combineOutcomes([])).toEqual(skipped);
});

test.each([
  ['done', [skipped, done], done],
  ['rejected, when one was and the others are done', [done, rejected, done], rejected],
  ['retried, while one is worth another attempt', [rejected, retry(5), done], retry(5)],
])('the outcomes of several returns combine to %s, in any order', (_what, outcomes, expected) => {
  expect(combineOutcomes(outcomes)).toEqual(expected);
  expect(combineOutcomes([...outcomes].reverse())).toEqual(expected);
});

test('a retry waits for the longest delay among its returns', () => {
  expect(combineOutcomes([retry(5), retry(120), retry()])).toMatchObject({
    kind: 'retry',
    afterSeconds: 120,
  });
});
