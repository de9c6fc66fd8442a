import { mkdtempDisposableSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunctions, codeOf, workerFile } from '../../infra/bundle.ts';
import { processTerminal, runProgram } from '../../infra/cli/command-line.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';
import { ingestFunctions } from '../support/samples.ts';
import { checkBudgets } from './budgets.ts';
import { countCalls } from './call-counts.ts';
import { benchCost } from './cost/cost.ts';
import { benchFlat } from './flat.ts';
import { type BenchOptions, benchProgram } from './options.ts';
import { benchOutage } from './outage/outage.ts';
import { budgetTable, callTable, complaints } from './report.ts';
import { timeTables } from './time-tables.ts';

const terminal = processTerminal();
const printTable = (text: string): void => terminal.print(`\n${text}`);
const program = benchProgram(terminal).action((options: BenchOptions) => {
  if (options.cost) return benchCost(printTable);
  if (options.flat) return flat();
  return options.outage ? benchOutage(options.messages, printTable) : bench(options);
});
process.exitCode = await runProgram(program, process.argv.slice(2), terminal);

async function flat(): Promise<void> {
  if (await benchFlat(printTable)) return;
  terminal.complain('A listing or a duplicate costs more in a fuller table.');
  terminal.exitCode = 1;
}

async function bench({ budgets, repetitions }: BenchOptions): Promise<void> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'bench-'));
  const bundles = bundleFunctions(join(folder.path, 'sizes'));
  // A cold start reads the code, not its source map.
  const names = [...ingestFunctions.map(({ bundle }) => bundle), ...senders.map(workerFile)];
  const sizes = names.map((bundle) => [bundle, statSync(join(codeOf(bundles, bundle), 'index.mjs')).size]);
  const counts = await countCalls();
  const checked = checkBudgets(Object.fromEntries(sizes), counts);
  printTable(callTable(counts));
  printTable(budgetTable(checked));
  if (!budgets) {
    printTable(
      `Times below: Node ${process.version}, ${repetitions} repetitions, all services behind TLS. Ratios are to the stock\n` +
        'handler, which parses and sends, and is bundled with everything that the SDK brings.',
    );
    for (const table of await timeTables(folder.path, repetitions)) printTable(table);
  }
  // Last, so that a reader of a log sees them first.
  for (const line of complaints(checked)) {
    terminal.complain(line);
    terminal.exitCode = 1;
  }
}
