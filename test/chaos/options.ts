import { type Command, Option } from 'commander';
import { newProgram, type Terminal, wholeNumber } from '../../infra/cli/command-line.ts';
import { defaultSettings, type Settings } from './scenarios/scenario.ts';

export interface ChaosOptions extends Settings {
  /** How many different webhooks are sent, at least. */
  readonly webhooks: number;
  readonly seed: number;
  /** How many orders happen at once. */
  readonly atOnce: number;
  /** Messages of one sender that are worked on at once, each in a thread. */
  readonly workers: number;
  readonly speed: number;
}

/** Each is a thread of each sender, with its own bundle in memory. */
const mostWorkers = 100;

export const chaosProgram = (terminal: Terminal): Command =>
  newProgram('npm run chaos --', terminal)
    .description(
      `Sends random orders through the bridge on this machine while everything around it fails.

IGF, DynamoDB, SQS and SNS fail, threads are killed in the middle of their work, messages come twice and
late, IGF's webhooks are dropped, repeated, delayed and reordered. At the end an oracle that knows only
what was sent compares every return, listing, cancel and delivery. Exit code 1 when it finds a
difference. Progress goes to stderr, the report to stdout.`,
    )
    .option(
      '--webhooks <n>',
      'how many different webhooks are sent, at least; repeated deliveries come on top',
      wholeNumber({ least: 1 }),
      2000,
    )
    .option(
      '--seed <n>',
      'the same seed gives the same orders and draws the same faults',
      wholeNumber({ least: 0 }),
      1,
    )
    .option('--at-once <n>', 'orders that happen at once', wholeNumber({ least: 1 }), 40)
    .option(
      '--workers <n>',
      `messages of one sender that are worked on at once, at most ${mostWorkers}`,
      wholeNumber({ least: 2, most: mostWorkers }),
      4,
    )
    .option('--speed <n>', 'how many times faster the local clock runs', wholeNumber({ least: 1 }), 300)
    .addOption(setting('forward', ['single-item', 'each-item']))
    .addOption(setting('trackedReturns', ['list', 'hold']))
    .addOption(setting('sku', ['winkelstraat', 'article_number']))
    .addOption(setting('webshopOrderId', ['order', 'po_number']));

/** An option for a setting of the bridge: `--tracked-returns` for `trackedReturns`. */
function setting<Name extends keyof Settings>(name: Name, values: readonly Settings[Name][]): Option {
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return new Option(`--${flag} <value>`, `the setting ${name} of the bridge`)
    .choices(values)
    .default(defaultSettings[name]);
}
