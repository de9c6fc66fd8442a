import { helpOption, readArguments, wholeNumber } from '../../infra/cli/command-arguments.ts';

export interface BenchOptions {
  readonly help: boolean;
  /** Check counts and bytes, measure no time. */
  readonly budgetsOnly: boolean;
  readonly repetitions: number;
  /** Measure what an outage of IGF costs, and nothing else. */
  readonly outage: boolean;
  /** How many messages wait through it. */
  readonly messages: number;
}

const usualRepetitions = 15;
const usualMessages = 300;

export const helpText = `Measures what a webhook costs: npm run bench -- [options]

  --budgets          check counts and bytes against test/bench/budgets.ts and measure no time;
                     exit code 1 says which budget is exceeded, and by how much
  --repetitions <n>  how often each time is measured (${usualRepetitions})
  --outage           measure the worker while IGF is down and while a full queue drains, and let 20,000 messages
                     live through both with what was measured; takes some two minutes
  --messages <n>     how many messages really wait in the queue then (${usualMessages})
  -h, --help         this text

Times are medians of repetitions that take turns, and ratios are of measurements taken side by side: they compare on
any machine, the milliseconds do not. Tables go to stdout, progress to stderr.`;

/**
 * Reads the arguments of `npm run bench`.
 * @throws WrongOption with one clear line.
 */
export function readOptions(args: readonly string[]): BenchOptions {
  const options = {
    ...helpOption,
    budgets: { type: 'boolean' },
    repetitions: { type: 'string' },
    outage: { type: 'boolean' },
    messages: { type: 'string' },
  } as const;
  const { values } = readArguments('bench', args, { options });
  return {
    help: values.help ?? false,
    budgetsOnly: values.budgets ?? false,
    repetitions: wholeNumber('repetitions', values.repetitions, { usual: usualRepetitions, least: 1 }),
    outage: values.outage ?? false,
    // Fewer leave no turn to an open circuit: each environment needs some to open it.
    messages: wholeNumber('messages', values.messages, { usual: usualMessages, least: 50 }),
  };
}
