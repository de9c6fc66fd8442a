import { processTerminal, UsageError } from '../../infra/cli/command-line.ts';
import { parseOptions } from '../support/parse-options.ts';
import { type FuzzOptions, fuzzProgram } from './options.ts';

const read = (...args: string[]): FuzzOptions => parseOptions(fuzzProgram(processTerminal()), args);

test('without arguments a short run begins at seed 1', () => {
  expect(read()).toEqual({ inputs: 5000, seed: 1 });
});

test('--inputs and --seed say how many, and which', () => {
  expect(read('--inputs', '100000', '--seed', '7')).toEqual({ inputs: 100_000, seed: 7 });
});

test.each([
  [['--inputs', '0']],
  [['--inputs', 'many']],
  [['--seed', '1.5']],
  [['--seed']],
  [['--slow']],
  [['here']],
])('%j is refused with one line', (args) => {
  expect(() => read(...args)).toThrow(UsageError);
  expect(() => read(...args)).toThrow(/^[^\n]+$/);
});
