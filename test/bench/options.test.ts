import { WrongOption } from '../../infra/cli/command-arguments.ts';
import { readOptions } from './options.ts';

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

test('--outage measures an outage of IGF, with as many messages as are asked for', () => {
  expect(readOptions(['--outage'])).toMatchObject({ outage: true });
  expect(readOptions(['--outage', '--messages', '1000'])).toMatchObject({ outage: true, messages: 1000 });
  expect(readOptions([])).toMatchObject({ outage: false });
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
  expect(() => readOptions(args)).toThrow(WrongOption);
  expect(() => readOptions(args)).toThrow(/^[^\n]+$/);
});
