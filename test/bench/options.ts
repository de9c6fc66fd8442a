import type { Command } from 'commander';
import { newProgram, type Terminal, wholeNumber } from '../../infra/cli/command-line.ts';

export interface BenchOptions {
  /** Check counts and bytes, measure no time. */
  readonly budgets?: true;
  readonly repetitions: number;
  /** Measure what an outage of IGF costs, and nothing else. */
  readonly outage?: true;
  /** Count what AWS bills, and print what it costs. Nothing else. */
  readonly cost?: true;
  /** Count what a listing costs in a full table, and nothing else. */
  readonly flat?: true;
  /** How many messages are in the queue for `outage`. */
  readonly messages: number;
}

export const benchProgram = (terminal: Terminal): Command =>
  newProgram('npm run bench --', terminal)
    .description(
      `Measures what a webhook costs.

Times are medians of repetitions that take turns. Ratios are of measurements taken side by side: they
compare on any machine, the milliseconds do not. Tables go to stdout, progress to stderr.`,
    )
    .option(
      '--budgets',
      'check counts and bytes against test/bench/budgets.ts and measure no time; exit code 1 when a budget is exceeded',
    )
    .option('--repetitions <n>', 'how often each time is measured', wholeNumber({ least: 1 }), 15)
    .option(
      '--outage',
      'measure the worker while IGF is down and while a full queue drains; takes some two minutes',
    )
    .option(
      '--flat',
      'count a listing with 10 and 10,000 events of its order, and with 100,000 other items; exit code 1 when it grows',
    )
    .option('--cost', 'print what a million webhooks and an idle month cost; needs Java 17')
    .option(
      '--messages <n>',
      'how many messages are in the queue for --outage',
      // With fewer no attempt meets an open circuit: each environment needs some to open it.
      wholeNumber({ least: 50 }),
      300,
    );
