import { availableParallelism } from 'node:os';
import { CommandError, processTerminal, runProgram, UsageError } from '../../infra/cli/command-line.ts';
import { runOnce } from './campaign.ts';
import { type Bounds, faultNames } from './faults.ts';
import { replayed } from './history.ts';
import type { Job, JobReport } from './jobs.ts';
import { narrate } from './narration.ts';
import { type ExploreOptions, exploreProgram } from './options.ts';
import { boundsFrom, complete, jobsOf } from './plan.ts';
import { inThreads } from './pool.ts';
import { type Row, reportOf, textOfReport } from './report.ts';
import { actorsOf } from './scenario.ts';
import { scenarios } from './scenarios.ts';

// The workers' logs would bury the report; the terminal keeps its own way out.
const { error: complain } = console;
const terminal = { ...processTerminal(), complain: (line: string) => complain(line) };
for (const level of ['info', 'warn', 'error'] as const) console[level] = () => undefined;

process.exitCode = await runProgram(
  exploreProgram(terminal).action(explore),
  process.argv.slice(2),
  terminal,
);

async function explore(options: ExploreOptions): Promise<void> {
  const { replay, scenario: only, json } = options;
  if (replay) {
    if (only === undefined) throw new UsageError('error: --replay needs --scenario');
    return print(only, boundsFrom(options, complete), replay);
  }
  const jobs = jobsOf(options);
  const done = (job: Job, { failing }: JobReport): boolean => {
    terminal.complain(
      `${job.scenario} ${job.seeds ? 'by seeds' : 'complete'}: ${failing ? 'VIOLATED' : 'holds'}`,
    );
    // A long run may take another hour, or be interrupted.
    if (failing) terminal.complain(againText(job.scenario, job.bounds, failing.choices));
    return !(failing && options.stop);
  };
  const reports = await inThreads(jobs, options.threads ?? availableParallelism(), done);
  const report = reportOf(jobs, reports, only === undefined);
  terminal.print(json ? JSON.stringify(report) : textOfReport(report));
  for (const { scenario, bounds, failing } of report.rows)
    if (failing && !json) await print(scenario, bounds, failing.choices);
  if (report.isFailed) terminal.exitCode = 1;
}

/** Prints one history, and how to see it again. */
async function print(name: string, bounds: Row['bounds'], choices: readonly number[]): Promise<void> {
  const scenario = scenarios[name];
  if (!scenario) throw new CommandError(`There is no scenario ${name}.`);
  const history = await runOnce(scenario, bounds, replayed(choices));
  const wrong = choices.findIndex((choice, at) => (history.choices[at] ?? 0) !== choice);
  if (wrong >= 0) throw new CommandError(`The history has no choice ${choices[wrong]} at step ${wrong + 1}.`);
  terminal.print(`\n${name}: ${scenario.title}, trace ${history.hash}`);
  const names = actorsOf(scenario, bounds.workers).map((actor) => actor.name);
  for (const line of narrate(history, names)) terminal.print(line);
  terminal.print(againText(name, bounds, history.choices));
  if (history.violations.length > 0) terminal.exitCode = 1;
}

function againText(name: string, bounds: Bounds, choices: readonly number[]): string {
  return `Again: npm run explore -- --scenario ${name} ${boundsText(bounds)} --replay ${choices.join() || 0}`;
}

function boundsText(bounds: Bounds): string {
  const named = (['workers', ...faultNames, 'preemptions'] as const).flatMap((name) => {
    const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return bounds[name] === undefined ? [] : `--${option} ${bounds[name]}`;
  });
  return named.join(' ');
}
