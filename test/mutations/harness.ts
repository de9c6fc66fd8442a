import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Mutation } from './mutation.ts';
import { replaceExport } from './replace-export.ts';

const root = join(import.meta.dirname, '../..');

interface JestReport {
  readonly testResults: readonly { readonly name: string; readonly status: string }[];
}

/** A copy of the committed files, in which the code may be broken. */
export interface MutationHarness {
  /** Makes the change, runs its tests, and takes the change back. @returns whether a test failed */
  kills(mutation: Mutation): Promise<boolean>;
  /** Runs the tests as they are. @returns the files with a test that fails */
  failing(tests: readonly string[]): Promise<string[]>;
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
  const failing = async (tests: readonly string[]): Promise<string[]> => {
    const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
    const jest = ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${report}`];
    rmSync(report, { force: true });
    const child = spawn(process.execPath, [...node, ...jest, ...tests], {
      cwd: folder,
      // The short forms sample, and could miss a mutation.
      env: { ...process.env, LONG: '1' },
      stdio: 'ignore',
    });
    const [code] = await once(child, 'exit');
    if (code === 0) return [];
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as JestReport;
    return testResults.flatMap(({ name, status }) => (status === 'failed' ? relative(folder, name) : []));
  };
  return {
    failing,
    kills: async (mutation) => {
      const path = join(folder, mutation.file);
      const source = readFileSync(path, 'utf8');
      writeFileSync(path, replaceExport(source, mutation));
      try {
        return (await failing(mutation.tests)).length > 0;
      } finally {
        writeFileSync(path, source);
      }
    },
  };
}
