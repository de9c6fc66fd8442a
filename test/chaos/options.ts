import { helpOption, readArguments, wholeNumber } from '../../infra/cli/command-arguments.ts';

export interface ChaosOptions {
  readonly help: boolean;
  /** How many different webhooks are sent, at least. */
  readonly webhooks: number;
  readonly seed: number;
  /** How many orders happen at once. */
  readonly atOnce: number;
  readonly speed: number;
  /** Messages of one sender that are worked on at once, each in a thread. */
  readonly workers: number;
}

/** Each is a thread of each sender, with its own bundle in memory. */
const mostWorkers = 100;

const usual = { webhooks: 2000, seed: 1, 'at-once': 40, speed: 300, workers: 4 };

export const helpText = `Sends random orders through the bridge on this machine while everything around it fails: npm run chaos -- [options]

  --webhooks <n>   different webhooks that are sent, at least (${usual.webhooks}); repeated deliveries come on top
  --seed <n>       from which orders and faults follow (${usual.seed}): the same seed is the same run of faults
  --at-once <n>    orders that happen at once (${usual['at-once']})
  --workers <n>    messages of one sender that are worked on at once (${usual.workers}, ${mostWorkers} at most)
  --speed <n>      how many times faster than the machine's the local clock runs (${usual.speed})
  -h, --help       this text

IGF, DynamoDB, SQS and SNS fail, threads are killed in the middle of their work, messages come twice and late, IGF's
webhooks go astray. At the end an oracle that knows nothing but what was sent compares every return, listing, cancel and
delivery. Exit code 1 when it finds a difference. Progress goes to stderr, the report to stdout.`;

/**
 * Reads the arguments of `npm run chaos`.
 * @throws WrongOption with one clear line.
 */
export function readOptions(args: readonly string[]): ChaosOptions {
  const text = { type: 'string' } as const;
  const options = {
    ...helpOption,
    webhooks: text,
    seed: text,
    'at-once': text,
    speed: text,
    workers: text,
  } as const;
  const { values } = readArguments('chaos', args, { options });
  const count = (name: keyof typeof usual, least: number, most?: number): number =>
    wholeNumber(name, values[name], { usual: usual[name], least, ...(most && { most }) });
  return {
    help: values.help ?? false,
    webhooks: count('webhooks', 1),
    seed: count('seed', 0),
    atOnce: count('at-once', 1),
    speed: count('speed', 1),
    workers: count('workers', 2, mostWorkers),
  };
}
