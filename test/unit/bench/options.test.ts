import { readOptions, WrongOption } from '../../../infra/bench/options.ts';

test('without arguments everything is measured', () => {
  expect(readOptions([])).toMatchObject({ help: false, budgetsOnly: false });
  expect(readOptions([]).repetitions).toBeGreaterThan(2);
});

test('--budgets measures no time', () => {
  expect(readOptions(['--budgets']).budgetsOnly).toBe(true);
});

test('--repetitions sets how often', () => {
  expect(readOptions(['--repetitions', '40']).repetitions).toBe(40);
});

test.each([
  [['--repetitions', '0']],
  [['--repetitions', '1.5']],
  [['--repetitions', 'many']],
  [['--repetitions']],
  [['--fast']],
  [['budgets']],
])('%j is refused with one line', (args) => {
  expect(() => readOptions(args)).toThrow(WrongOption);
  expect(() => readOptions(args)).toThrow(/^[^\n]+$/);
});
