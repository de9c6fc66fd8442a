import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const requirements = join(import.meta.dirname, 'requirements.txt');

/** The pinned version of a package. @throws Error when `requirements.txt` does not have it */
export function pinned(name: string): string {
  const [, version] = new RegExp(`^${name}==(\\S+)$`, 'm').exec(readFileSync(requirements, 'utf8')) ?? [];
  if (!version) throw new Error(`requirements.txt has no ${name}.`);
  return version;
}

/**
 * The folder of the programs in a virtual environment with the packages of `requirements.txt`. The first call installs
 * them, in some 20 s, below the user's cache folder; another version of that file gets an environment of its own.
 * @throws Error in one line, when Python, pip or a package is missing
 */
export async function virtualEnvironment(onLine: (line: string) => void): Promise<string> {
  const python = await pythonVersion();
  const key = createHash('sha256')
    .update(readFileSync(requirements))
    .update(python)
    .digest('hex')
    .slice(0, 12);
  const caches = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'returns-bridge');
  const environment = join(caches, `emulator-${key}`);
  const programs = join(environment, 'bin');
  if (existsSync(programs)) return programs;

  onLine(`Installing MiniStack ${pinned('ministack')} and the AWS CLI below ${caches}`);
  // A link names the finished environment, so that two first runs at once do not meet in a half-made one.
  const own = `${environment}-${process.pid}`;
  mkdirSync(caches, { recursive: true });
  try {
    await execute('python3', ['-m', 'venv', own]);
    const options = ['--quiet', '--disable-pip-version-check', '--no-deps'];
    await execute(join(own, 'bin/python'), ['-m', 'pip', 'install', ...options, '-r', requirements]);
    symlinkSync(own, environment);
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    if (existsSync(programs)) return programs;
    const { stderr = '', message } = error as Error & { stderr?: string };
    const reason = stderr.split('\n').findLast((line) => line.startsWith('ERROR')) ?? message.split('\n')[0];
    throw new Error(`The emulator can't be installed. It needs pip and a package index. ${reason}`);
  }
  return programs;
}

/** @throws Error when there is none, or one that is too old or lacks a module */
async function pythonVersion(): Promise<string> {
  const check = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])';
  const version = await execute('python3', ['-c', check]).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
  const [, minor = '0'] = /^3\.(\d+)$/.exec(version ?? '') ?? [];
  if (version && Number(minor) >= 10) return version;
  throw new Error(
    'The emulator needs Python 3.10 or newer with the modules venv and pip, as python3 on the PATH ' +
      `(Debian: apt-get install python3-venv). It found ${version ? `Python ${version}` : 'none'}.`,
  );
}
