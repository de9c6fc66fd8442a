import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mutation } from './mutation.ts';
import { replaceExport } from './replace-export.ts';

const root = join(import.meta.dirname, '../..');

/** A copy of the committed files, in which the code may be broken. */
export interface MutationHarness {
  /** Makes the change, runs its tests, and takes the change back. @returns whether a test failed */
  kills(mutation: Mutation): Promise<boolean>;
  /** Runs the tests as they are. @returns whether all pass */
  passes(tests: readonly string[]): Promise<boolean>;
}

/** Copies the repository into an empty folder. */
export function mutationHarness(folder: string): MutationHarness {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
  for (const file of files.filter(Boolean)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

  const passes = async (tests: readonly string[]): Promise<boolean> => {
    const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
    const args = [...jest, 'node_modules/jest/bin/jest.js', '--bail', ...tests];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore' });
    const [code] = await once(child, 'exit');
    return code === 0;
  };
  return {
    passes,
    kills: async (mutation) => {
      const path = join(folder, mutation.file);
      const source = readFileSync(path, 'utf8');
      writeFileSync(path, replaceExport(source, mutation));
      try {
        return !(await passes(mutation.tests));
      } finally {
        writeFileSync(path, source);
      }
    },
  };
}
