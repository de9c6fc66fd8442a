import { WrongOption } from '../../infra/cli/command-arguments.ts';
import { readOptions } from './options.ts';

test('without arguments a short run begins at seed 1', () => {
  expect(readOptions([])).toEqual({ help: false, inputs: 5000, seed: 1 });
});

test('--inputs and --seed say how many, and which', () => {
  expect(readOptions(['--inputs', '100000', '--seed', '7'])).toMatchObject({ inputs: 100_000, seed: 7 });
});

test.each([
  [['--inputs', '0']],
  [['--inputs', 'many']],
  [['--seed', '1.5']],
  [['--seed']],
  [['--slow']],
  [['here']],
])('%j is refused with one line', (args) => {
  expect(() => readOptions(args)).toThrow(WrongOption);
  expect(() => readOptions(args)).toThrow(/^[^\n]+$/);
});
