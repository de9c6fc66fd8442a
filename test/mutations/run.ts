import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WrongOption } from '../../infra/cli/command-arguments.ts';
import { mutations as all } from './mutations.ts';
import { helpText, readOptions } from './options.ts';
import { openWorkplace } from './workplace.ts';

try {
  const { help, mutations } = readOptions(process.argv.slice(2), all);
  if (help) console.log(helpText);
  else await run(mutations);
} catch (error) {
  console.error(error instanceof WrongOption ? error.message : error);
  process.exitCode = 1;
}

async function run(mutations: typeof all): Promise<void> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'mutations-'));
  const workplace = openWorkplace(folder.path);
  const tests = [...new Set(mutations.flatMap((mutation) => mutation.tests))];
  console.log(`${tests.length} test files are green without a mutation? …`);
  if (!(await workplace.passes(tests))) {
    throw new WrongOption(
      `A test is red already: npm test -- ${tests.join(' ')} shows which. Mend it first.`,
    );
  }
  let survived = 0;
  for (const [index, mutation] of mutations.entries()) {
    const killed = await workplace.kills(mutation);
    if (!killed) survived += 1;
    const result = killed ? 'red     ' : 'SURVIVED';
    console.log(`${index + 1}/${mutations.length}  ${result}  ${mutation.name}: ${mutation.breaks}`);
  }
  console.log(`${mutations.length - survived} of ${mutations.length} mutations were noticed.`);
  if (survived > 0) process.exitCode = 1;
}
