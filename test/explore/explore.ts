import { CommandError, processTerminal, runProgram, UsageError } from '../../infra/cli/command-line.ts';
import { table } from '../../infra/cli/output.ts';
import { exploreAll, exploreSeeds } from './campaign.ts';
import { replayed } from './chooser.ts';
import { type Bounds, runHistory } from './history.ts';
import { narrate } from './narration.ts';
import { type ExploreOptions, exploreProgram } from './options.ts';
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
  const { replay, scenario: only, seed } = options;
  const bounds: Bounds = {
    workers: options.workers ?? (seed === undefined ? 2 : 3),
    crashes: options.crashes ?? (seed === undefined ? 1 : 2),
    lostAnswers: options.lostAnswers ?? (seed === undefined ? 0 : 2),
  };
  if (replay) {
    if (only === undefined) throw new UsageError('error: --replay needs --scenario');
    return print(only, bounds, replay);
  }
  const chosen = Object.entries(scenarios).filter(([name]) => only === undefined || name === only);
  const failing: [name: string, choices: readonly number[]][] = [];
  const rows: string[][] = [];
  for (const [name, scenario] of chosen) {
    terminal.complain(`${name}: ${scenario.title} …`);
    const started = performance.now();
    const report =
      seed === undefined
        ? await exploreAll(scenario, bounds)
        : await exploreSeeds(scenario, bounds, { seed, runs: options.runs });
    const { histories = BigInt(report.runs), runs, steps, hash } = report;
    if (report.failing) failing.push([name, report.failing.choices]);
    const counts = [histories, runs, steps].map((count) => count.toLocaleString('en'));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    rows.push([name, ...counts, seconds, report.failing ? 'VIOLATED' : 'hold', hash]);
  }
  const heads = ['Scenario', 'Histories', 'Runs', 'Calls', 'Seconds', 'Invariants', 'Trace'];
  const { workers, crashes, lostAnswers } = bounds;
  terminal.print(
    `Workers: ${workers}, crashes: up to ${crashes}, lost answers: up to ${lostAnswers}, ` +
      (seed === undefined ? 'every history:' : `seeds from ${seed}:`),
  );
  terminal.print(table(heads, rows));
  for (const [name, choices] of failing) await print(name, bounds, choices);
}

/** Prints one history, and how to see it again. */
async function print(name: string, bounds: Bounds, choices: readonly number[]): Promise<void> {
  const scenario = scenarios[name];
  if (!scenario) throw new CommandError(`There is no scenario ${name}.`);
  const history = await runHistory(scenario, bounds, replayed(choices));
  const wrong = choices.findIndex((choice, at) => (history.choices[at] ?? 0) !== choice);
  if (wrong >= 0) throw new CommandError(`The history has no choice ${choices[wrong]} at step ${wrong + 1}.`);
  const { workers, crashes, lostAnswers } = bounds;
  terminal.print(`\n${name}: ${scenario.title}, trace ${history.hash}`);
  for (const line of narrate(history)) terminal.print(line);
  terminal.print(
    `Again: npm run explore -- --scenario ${name} --workers ${workers} --crashes ${crashes} ` +
      `--lost-answers ${lostAnswers} --replay ${history.choices.join() || 0}`,
  );
  if (history.violations.length > 0) terminal.exitCode = 1;
}
