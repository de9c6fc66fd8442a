import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly help: boolean;
  /** Check counts and bytes, measure no time. */
  readonly budgetsOnly: boolean;
  readonly repetitions: number;
}

/** A wrong argument; the message is one line for the person who typed it. */
export class WrongOption extends Error {
  override readonly name = 'WrongOption';
}

const usualRepetitions = 15;

export const helpText = `Measures what a webhook costs: npm run bench -- [options]

  --budgets          check counts and bytes against infra/bench/budgets.ts and measure no time;
                     exit code 1 says which budget is exceeded, and by how much
  --repetitions <n>  how often each time is measured (${usualRepetitions})
  -h, --help         this text

Times are medians of repetitions that take turns, and ratios are of measurements taken side by side: they compare on
any machine, the milliseconds do not. Tables go to stdout, progress to stderr.`;

/**
 * Reads the arguments of `npm run bench`.
 * @throws WrongOption with one clear line.
 */
export function readOptions(args: readonly string[]): BenchOptions {
  const { help, budgets, repetitions } = parse(args);
  const count = Number(repetitions ?? usualRepetitions);
  if (!Number.isInteger(count) || count < 1) {
    throw new WrongOption(`--repetitions ${repetitions} is not a count: give a whole number from 1.`);
  }
  return { help: help ?? false, budgetsOnly: budgets ?? false, repetitions: count };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        budgets: { type: 'boolean' },
        repetitions: { type: 'string' },
      },
    }).values;
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new WrongOption(`${reason} (npm run bench -- --help lists what there is)`);
  }
}
