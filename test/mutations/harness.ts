import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Finding, findingsOf, type TestedFile } from './findings.ts';
import type { Mutation } from './mutation.ts';
import { replaceExport } from './replace-export.ts';

const root = join(import.meta.dirname, '../..');

interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    /** Milliseconds since the epoch. */
    readonly startTime: number;
    readonly endTime: number;
  }[];
}

/** What else may find a mutation, beside its tests. */
export interface Engines {
  readonly explore?: boolean;
  readonly chaos?: boolean;
}

const engineArguments = {
  explore: ['test/explore/explore.ts', '--seeds', '20', '--preemptions', '0', '--stop', '--json'],
  chaos: ['test/chaos/chaos.ts', '--webhooks', '300', '--seed', '1'],
} as const;

/** A copy of the committed files, in which the code may be broken. */
export interface MutationHarness {
  /** Makes the change, runs its tests and these engines, and takes the change back. @returns what noticed it, and what not */
  tries(mutation: Mutation, engines: Engines): Promise<Finding[]>;
  /** Runs tests and engines without a change. @returns the files with a test that fails, and the engines that find something */
  failing(tests: readonly string[], engines: Engines): Promise<string[]>;
}

/** Copies the repository into an empty folder. */
export function mutationHarness(folder: string): MutationHarness {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
  for (const file of files.filter(Boolean)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

  const report = join(folder, 'jest-report.json');
  const run = async (args: readonly string[]): Promise<number> => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      cwd: folder,
      // The short forms sample, and could miss a mutation. A test that waits for what a mutation broke waits in vain.
      env: { ...process.env, LONG: '1', PATIENCE_MS: '30000' },
      stdio: 'ignore',
    });
    const [code] = await once(child, 'exit');
    return code as number;
  };
  const tested = async (tests: readonly string[]): Promise<TestedFile[]> => {
    const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${report}`];
    rmSync(report, { force: true });
    await run([...jest, ...tests]);
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
    return testResults.map(({ name, status, startTime, endTime }) => ({
      file: relative(folder, name),
      isFailed: status === 'failed',
      seconds: (endTime - startTime) / 1000,
    }));
  };
  const engine = async (by: keyof Engines): Promise<Finding> => {
    const begun = performance.now();
    const code = await run(engineArguments[by]);
    return { by, isFound: code === 1, isNamed: false, seconds: (performance.now() - begun) / 1000 };
  };
  const found = async (engines: Engines): Promise<Finding[]> => {
    const findings: Finding[] = [];
    for (const by of ['explore', 'chaos'] as const) if (engines[by]) findings.push(await engine(by));
    return findings;
  };
  return {
    failing: async (tests, engines) => [
      ...(await tested(tests)).filter(({ isFailed }) => isFailed).map(({ file }) => file),
      ...(await found(engines)).filter(({ isFound }) => isFound).map(({ by }) => by),
    ],
    tries: async (mutation, engines) => {
      const path = join(folder, mutation.file);
      const source = readFileSync(path, 'utf8');
      writeFileSync(path, replaceExport(source, mutation));
      try {
        return [...findingsOf(await tested(mutation.tests)), ...(await found(engines))];
      } finally {
        writeFileSync(path, source);
      }
    },
  };
}
