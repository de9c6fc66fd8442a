import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError, newProgram, processTerminal, runProgram } from '../../infra/cli/command-line.ts';
import { findingsText } from './findings.ts';
import { type Engines, mutationHarness } from './harness.ts';
import { chooseMutations } from './mutations.ts';

const terminal = processTerminal();
const program = newProgram('npm run mutations --', terminal)
  .description(
    `Breaks the code on purpose, one change at a time, and checks that the tests fail.

Each mutation is made in a copy of the committed files, never in yours. Exit code 1: a mutation
survived, so the tests that docs/reliability.md names for a promise do not hold it.`,
  )
  .argument('[name...]', 'try these mutations only (see test/mutations/mutations.ts)')
  .option('--no-explore', 'do not look whether npm run explore finds them too')
  .option('--chaos', 'look whether npm run chaos finds them too: minutes for each')
  .action(run);
process.exitCode = await runProgram(program, process.argv.slice(2), terminal);

async function run(names: string[], engines: Engines): Promise<void> {
  const mutations = chooseMutations(names);
  using folder = mkdtempDisposableSync(join(tmpdir(), 'mutations-'));
  const harness = mutationHarness(folder.path);
  const tests = [...new Set(mutations.flatMap((mutation) => mutation.tests))];
  terminal.print(`Running ${tests.length} test files and the engines without a mutation …`);
  const failing = await harness.failing(tests, engines);
  if (failing.length > 0) {
    throw new CommandError(`These fail without a mutation. Repair them first: ${failing.join(', ')}`);
  }
  let survived = 0;
  for (const [index, mutation] of mutations.entries()) {
    const findings = await harness.tries(mutation, engines);
    const killed = findings.some(({ isFound, isNamed }) => isFound && isNamed);
    if (!killed) survived += 1;
    const result = killed ? 'killed  ' : 'SURVIVED';
    terminal.print(`${index + 1}/${mutations.length}  ${result}  ${mutation.name}: ${mutation.breaks}`);
    terminal.print(`    ${findingsText(findings)}`);
  }
  terminal.print(`${mutations.length - survived} of ${mutations.length} mutations were noticed.`);
  if (survived > 0) terminal.exitCode = 1;
}
