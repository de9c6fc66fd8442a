import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { eventually } from '../../support/eventually.ts';

export const root = join(import.meta.dirname, '../../..');

const anyPorts = { PORT: '0', DYNAMODB_PORT: '0', SQS_PORT: '0', IGF_PORT: '0' };

/** The local runtime as a person starts it, in a process of its own. */
export interface Started {
  readonly child: ChildProcess;
  /** Where `--local` finds it. */
  readonly folder: string;
  output(): string;
  errors(): string;
  /** Waits until something was printed; fails when the process ends before. */
  printed(text: string | RegExp): Promise<void>;
  /** Waits for the end. @returns the exit code */
  ended(): Promise<number | null>;
}

type Start = (args?: readonly string[], env?: Record<string, string>) => Started;

/** Starts it with arguments and environment on top of any free ports. After the tests of the file nothing runs on. */
export function eachStart(): Start {
  const running: ChildProcess[] = [];
  const folders = mkdtempSync(join(tmpdir(), 'started-'));
  afterAll(() => {
    for (const child of running) if (child.exitCode === null) child.kill('SIGKILL');
    rmSync(folders, { recursive: true, force: true });
  });
  return (args = [], env = {}) => {
    const folder = join(folders, String(running.length));
    const child = spawn(process.execPath, ['infra/local/start.ts', ...args], {
      cwd: root,
      env: { ...process.env, NODE_OPTIONS: '', ...anyPorts, LOCAL_FOLDER: folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(child);
    return started(child, folder);
  };
}

function started(child: ChildProcess, folder: string): Started {
  // Not 'exit': its last lines are read by then, too.
  const closed = once(child, 'close');
  let [output, errors] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  return {
    child,
    folder,
    output: () => output,
    errors: () => errors,
    printed: async (text) => {
      await eventually(`it prints ${text}`, async () => {
        if (typeof text === 'string' ? output.includes(text) : text.test(output)) return true;
        if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`);
        return false;
      }).catch((error: Error) => {
        throw new Error(`${error.message} ${output}${errors}`);
      });
    },
    ended: async () => {
      const [code] = await closed;
      return code as number | null;
    },
  };
}
