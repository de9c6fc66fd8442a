import { WrongOption } from '../../infra/cli/command-arguments.ts';
import { helpText, readOptions } from './options.ts';

test('without arguments it is a run of 2000 webhooks', () => {
  expect(readOptions([])).toMatchObject({ help: false, webhooks: 2000, seed: 1 });
});

test('every option is read, and explained', () => {
  const given = ['--webhooks', '300', '--seed', '7', '--at-once', '5', '--speed', '60', '--workers', '3'];
  expect(readOptions(given)).toEqual({
    help: false,
    webhooks: 300,
    seed: 7,
    atOnce: 5,
    speed: 60,
    workers: 3,
  });
  for (const option of given.filter((text) => text.startsWith('--'))) expect(helpText).toContain(option);
});

test.each([
  [['--webhooks', '0']],
  [['--webhooks', 'many']],
  [['--seed', '-1']],
  [['--seed', '1.5']],
  [['--workers', '1']],
  [['--workers', '101']],
  [['--faults']],
  [['300']],
])('%j is refused with one line', (args) => {
  expect(() => readOptions(args)).toThrow(WrongOption);
  expect(() => readOptions(args)).toThrow(/^[^\n]+$/);
});
