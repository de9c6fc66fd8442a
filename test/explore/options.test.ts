import { processTerminal, UsageError } from '../../infra/cli/command-line.ts';
import { parseOptions } from '../support/parse-options.ts';
import { type ExploreOptions, exploreProgram } from './options.ts';

const read = (...args: string[]): ExploreOptions => parseOptions(exploreProgram(processTerminal()), args);

test('without arguments all scenarios are explored', () => {
  expect(read()).toEqual({ seed: 1 });
});

test('every option is read', () => {
  const faults = ['--workers', '3', '--crashes', '2', '--lost-answers', '0', '--turned-away', '1'];
  const more = ['--refusals', '1', '--late-commits', '2', '--outlived', '1', '--preemptions', '2'];
  expect(read('--seed', '7', '--seeds', '50', ...faults, ...more)).toEqual({
    ...{ seed: 7, seeds: 50, workers: 3, crashes: 2, lostAnswers: 0, turnedAway: 1 },
    ...{ refusals: 1, lateCommits: 2, outlived: 1, preemptions: 2 },
  });
  expect(read('--scenario', 'list', '--replay', '0,1,12')).toMatchObject({
    scenario: 'list',
    replay: [0, 1, 12],
  });
});

test.each([
  [['--scenario', 'nothing']],
  [['--workers', '0']],
  [['--workers', '10']],
  [['--replay', '1;2']],
  [['--seeds', '-1']],
  [['list']],
])('%j is refused with one line', (args) => {
  expect(() => read(...args)).toThrow(UsageError);
  expect(() => read(...args)).toThrow(/^[^\n]+$/);
});
