import { processTerminal, UsageError } from '../../infra/cli/command-line.ts';
import { parseOptions } from '../support/parse-options.ts';
import { type BenchOptions, benchProgram } from './options.ts';

const read = (...args: string[]): BenchOptions => parseOptions(benchProgram(processTerminal()), args);

test('without arguments everything is measured', () => {
  expect(read()).toEqual({ repetitions: 15, messages: 300 });
});

test('--budgets measures no time', () => {
  expect(read('--budgets').budgets).toBe(true);
});

test('--flat counts in a full table', () => {
  expect(read('--flat').flat).toBe(true);
});

test('--repetitions sets how often', () => {
  expect(read('--repetitions', '40').repetitions).toBe(40);
});

test('--outage measures an outage of IGF, with the number of messages that --messages sets', () => {
  expect(read('--outage')).toMatchObject({ outage: true });
  expect(read('--outage', '--messages', '1000')).toMatchObject({ outage: true, messages: 1000 });
  expect(read().outage).toBeUndefined();
});

test.each([
  [['--messages', '49']],
  [['--messages', 'all']],
  [['--repetitions', '0']],
  [['--repetitions', '1.5']],
  [['--repetitions', 'many']],
  [['--repetitions']],
  [['--fast']],
  [['budgets']],
])('%j is refused with one line', (args) => {
  expect(() => read(...args)).toThrow(UsageError);
  expect(() => read(...args)).toThrow(/^[^\n]+$/);
});
