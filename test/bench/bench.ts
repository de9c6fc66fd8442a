import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunctions } from '../../infra/bundle.ts';
import { WrongOption } from '../../infra/cli/command-arguments.ts';
import { ingestFunctions } from '../support/samples.ts';
import { checkBudgets } from './budget-check.ts';
import { bundleBytes } from './bundle-sizes.ts';
import { countCalls } from './call-counts.ts';
import { type BenchOptions, helpText, readOptions } from './options.ts';
import { benchOutage } from './outage/outage.ts';
import { budgetTable, callTable, complaints } from './report.ts';
import { timeTables } from './time-tables.ts';

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(helpText);
  else if (options.outage) await benchOutage(options.messages, print);
  else await bench(options);
} catch (error) {
  console.error(error instanceof WrongOption ? error.message : error);
  process.exitCode = 1;
}

async function bench({ budgetsOnly, repetitions }: BenchOptions): Promise<void> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'bench-'));
  const bundles = bundleFunctions(join(folder.path, 'sizes'));
  const sizes = ingestFunctions.map(({ bundle }) => [bundle, bundleBytes(bundles, bundle)] as const);
  const counts = await countCalls();
  const checked = checkBudgets(Object.fromEntries(sizes), counts);
  print(callTable(counts));
  print(budgetTable(checked));
  if (!budgetsOnly) {
    print(
      `Times below: Node ${process.version}, ${repetitions} repetitions. Ratios are to the plain handler, which parses and\n` +
        'sends, and is bundled as everybody would: with the SDK’s default credential chain.',
    );
    for (const table of await timeTables(folder.path, repetitions)) print(table);
  }
  // Last, so that it is what a reader of a log sees first.
  for (const line of complaints(checked)) {
    console.error(line);
    process.exitCode = 1;
  }
}

function print(table: string): void {
  console.log(`\n${table}`);
}
