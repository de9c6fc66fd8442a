import { parseOptions, processTerminal, UsageError } from '../../infra/cli/command-line.ts';
import { type ExploreOptions, exploreProgram } from './options.ts';

const read = (...args: string[]): ExploreOptions => parseOptions(exploreProgram(processTerminal()), args);

test('without arguments every history of all scenarios is explored', () => {
  expect(read()).toEqual({ runs: 1000 });
});

test('every option is read', () => {
  const faults = ['--workers', '3', '--crashes', '2', '--lost-answers', '0'];
  expect(read('--seed', '7', '--runs', '50', ...faults)).toEqual({
    seed: 7,
    runs: 50,
    workers: 3,
    crashes: 2,
    lostAnswers: 0,
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
  [['--replay', '1', '--seed', '1']],
  [['list']],
])('%j is refused with one line', (args) => {
  expect(() => read(...args)).toThrow(UsageError);
  expect(() => read(...args)).toThrow(/^[^\n]+$/);
});
