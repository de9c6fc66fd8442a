/**
 * Runs tests for Stryker. A process loads them once, and tries one mutant after the other: its modules have the code of all
 * mutants, and `activeMutant` says which one counts. So most mutants take milliseconds. Code that runs while modules are
 * loaded can't change afterwards: Stryker starts a process for each mutant of it.
 */
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Circus } from '@jest/types';

/** The quickest first. Property tests of the worker would take most of the time, and one file needs jest's mocks. */
const testFiles = [
  'test/unit/{decide,rules}/**/*.test.ts',
  'test/unit/{actions,matching}/*.test.ts',
  'test/unit/worker/!(attempt-line|*.properties).test.ts',
  'test/cases/*.test.ts',
];

/** What Stryker's code in the modules reads and writes. */
interface Shared {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number;
  hitLimit?: number | undefined;
  mutantCoverage?: object;
}

/** What Stryker asks for. */
interface MutantRun {
  activeMutant: { id: string };
  mutantActivation: 'static' | 'runtime';
  /** The ids of the tests to run; absent for all. */
  testFilter?: string[];
  hitLimit?: number;
}

interface LoadedTest {
  id: string;
  name: string;
  fileName: string;
  entry: Circus.TestEntry;
}

const shared: Shared = Reflect.get(globalThis, '__stryker__') ?? {};
Object.assign(globalThis, { __stryker__: shared });

const entriesOf = (block: Circus.DescribeBlock): Circus.TestEntry[] =>
  block.children.flatMap((child) => (child.type === 'test' ? [child] : entriesOf(child)));

const nameOf = ({ name, parent }: Circus.TestEntry | Circus.DescribeBlock): string =>
  parent?.parent ? `${nameOf(parent)} ${name}` : String(name);

const messageOf = ({ errors: [error] }: Circus.TestEntry): string => String([error].flat()[0]);

async function load(): Promise<LoadedTest[]> {
  await import('../support/jest/node-runtime.ts');
  const { addEventHandler, getState, run: _run, ...globals } = await import('jest-circus');
  const { jestExpect } = await import('@jest/expect');
  Object.assign(globalThis, globals, { expect: jestExpect });
  const state = getState();
  state.testTimeout = 30_000;
  const tests: LoadedTest[] = [];
  for (const file of testFiles.flatMap((files) => globSync(files).sort())) {
    const fileName = resolve(file);
    await import(pathToFileURL(fileName).href);
    for (const entry of entriesOf(state.rootDescribeBlock).slice(tests.length)) {
      const name = nameOf(entry);
      tests.push({ id: `${tests.length} ${name}`, name, fileName, entry });
    }
  }
  const ids = new Map(tests.map(({ id, entry }) => [entry, id]));
  addEventHandler((event) => {
    if (event.name === 'test_start') shared.currentTestId = ids.get(event.test);
    if (event.name !== 'test_done') return;
    shared.currentTestId = undefined;
    // One test that notices the mutant is enough.
    if (shared.activeMutant !== undefined && event.test.errors.length > 0)
      for (const { entry } of tests) entry.mode = 'skip';
  });
  return tests;
}

async function run(tests: LoadedTest[], isChosen: (id: string) => boolean = () => true): Promise<void> {
  const circus = await import('jest-circus');
  for (const { id, entry } of tests)
    Object.assign(entry, { errors: [], mode: isChosen(id) ? undefined : 'skip' });
  await circus.run();
}

class Preloaded {
  #tests: Promise<LoadedTest[]> | undefined;

  capabilities() {
    return { reloadEnvironment: false };
  }

  /** Without a mutant: which tests run the code of which mutant? */
  async dryRun() {
    const tests = await this.#loaded();
    await run(tests);
    const results = tests.map(({ entry, ...test }) => ({
      ...test,
      timeSpentMs: entry.duration ?? 0,
      ...(entry.errors.length > 0 ? { status: 1, failureMessage: messageOf(entry) } : { status: 0 }),
    }));
    return { status: 'complete', tests: results, mutantCoverage: shared.mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit }: MutantRun) {
    if (mutantActivation === 'static') shared.activeMutant = activeMutant.id;
    const tests = await this.#loaded().catch(String);
    // A test file that can't be loaded with the mutant has noticed it.
    if (typeof tests === 'string')
      return { status: 'killed', killedBy: [], failureMessage: tests, nrOfTests: 0 };
    Object.assign(shared, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    const chosen = testFilter && new Set(testFilter);
    await run(tests, (id) => chosen?.has(id) ?? true);
    const nrOfTests = chosen?.size ?? tests.length;
    const killer = tests.find(({ entry }) => entry.errors.length > 0);
    if (!killer) return { status: 'survived', nrOfTests };
    return { status: 'killed', killedBy: [killer.id], failureMessage: messageOf(killer.entry), nrOfTests };
  }

  #loaded(): Promise<LoadedTest[]> {
    this.#tests ??= load();
    return this.#tests;
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'preloaded', injectableClass: Preloaded }];
