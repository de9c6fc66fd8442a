import { processTerminal, UsageError } from '../../infra/cli/command-line.ts';
import { parseOptions } from '../support/parse-options.ts';
import { type ChaosOptions, chaosProgram } from './options.ts';
import { defaultSettings } from './scenarios/scenario.ts';

const read = (...args: string[]): ChaosOptions => parseOptions(chaosProgram(processTerminal()), args);

test('without arguments it is a run of 2000 webhooks', () => {
  expect(read()).toEqual({
    webhooks: 2000,
    seed: 1,
    atOnce: 40,
    speed: 300,
    workers: 4,
    ...defaultSettings,
  });
});

test('every option is read', () => {
  expect(
    read(
      '--webhooks',
      '300',
      '--seed',
      '7',
      '--at-once',
      '5',
      '--speed',
      '60',
      '--workers',
      '3',
      '--forward',
      'each-item',
      ...['--tracked-returns', 'hold', '--sku', 'article_number', '--webshop-order-id', 'po_number'],
    ),
  ).toEqual({
    ...{ webhooks: 300, seed: 7, atOnce: 5, speed: 60, workers: 3 },
    ...{ forward: 'each-item', trackedReturns: 'hold', sku: 'article_number', webshopOrderId: 'po_number' },
  });
});

test.each([
  [['--webhooks', '0']],
  [['--webhooks', 'many']],
  [['--seed', '-1']],
  [['--seed', '1.5']],
  [['--workers', '1']],
  [['--workers', '101']],
  [['--faults']],
  [['--forward', 'all']],
  [['300']],
])('%j is refused with one line', (args) => {
  expect(() => read(...args)).toThrow(UsageError);
  expect(() => read(...args)).toThrow(/^[^\n]+$/);
});
