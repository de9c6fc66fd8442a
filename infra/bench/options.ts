import { parseArgs } from 'node:util';

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

/** A wrong argument; the message is one line for the person who typed it. */
export class WrongOption extends Error {
  override readonly name = 'WrongOption';
}

const usualRepetitions = 15;
const usualMessages = 300;

export const helpText = `Measures what a webhook costs: npm run bench -- [options]

  --budgets          check counts and bytes against infra/bench/budgets.ts and measure no time;
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
  const { help, budgets, repetitions, outage, messages } = parse(args);
  return {
    help: help ?? false,
    budgetsOnly: budgets ?? false,
    repetitions: count('--repetitions', repetitions, usualRepetitions, 1),
    outage: outage ?? false,
    // Fewer leave no turn to an open circuit: each environment needs some to open it.
    messages: count('--messages', messages, usualMessages, 50),
  };
}

function count(option: string, text: string | undefined, usual: number, least: number): number {
  const value = Number(text ?? usual);
  if (!Number.isInteger(value) || value < least) {
    throw new WrongOption(`${option} ${text} is not a count: give a whole number from ${least}.`);
  }
  return value;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        budgets: { type: 'boolean' },
        repetitions: { type: 'string' },
        outage: { type: 'boolean' },
        messages: { type: 'string' },
      },
    }).values;
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new WrongOption(`${reason} (npm run bench -- --help lists what there is)`);
  }
}
