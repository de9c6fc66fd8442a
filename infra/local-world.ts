/** What runs on this machine. The local runtime writes it, and `--local` of the operator's commands reads it. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { CommandError } from './cli/command-line.ts';
import { clockNow } from './local/clock.ts';
import { Settings } from './settings/stage.ts';

const LocalWorld = z.object({
  /** One start of the local runtime. */
  id: z.string(),
  pid: z.int().check(z.gt(0)),
  /** The stage with the settings in force, those of `-c` included. */
  stage: z.object({ name: z.string(), settings: Settings }),
  clock: z.object({ startedAt: z.number(), speed: z.number() }),
  /** The addresses of the services, without a path. IGF's REST API is the output `IgfBaseUrl`. */
  endpoints: z.object({ api: z.url(), dynamodb: z.url(), sqs: z.url(), secretsManager: z.url() }),
  /** The outputs of the stack, as a deployed one has them. */
  outputs: z.record(z.string(), z.string()),
});

export type LocalWorld = z.infer<typeof LocalWorld>;

/** What runs on this machine, with its clock. */
export interface RunningWorld extends LocalWorld {
  /** The time on the local runtime's clock, in milliseconds since the epoch. */
  now(): number;
}

/** The variable LOCAL_FOLDER, seen from the project's folder, or else `.local`. */
export const localFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  resolve(import.meta.dirname, '..', env.LOCAL_FOLDER || '.local');

const fileIn = (folder: string): string => join(folder, 'bridge.json');

/** @throws CommandError when another process runs the bridge of this folder: its commands would lose their bridge */
export function refuseSecondWorld(folder: string): void {
  const world = read(fileIn(folder));
  if (!world || world.pid === process.pid || !isAlive(world.pid)) return;
  throw new CommandError(
    `The bridge runs already, at ${world.endpoints.api} (process ${world.pid}). ` +
      'Stop it first, or give this one a folder of its own: type LOCAL_FOLDER=.local/second npm start. ' +
      `If that process is not a bridge, delete ${fileIn(folder)}.`,
  );
}

/** Notes what runs. @returns removes the note, if it is still this one @throws CommandError, see `refuseSecondWorld` */
export function noteLocalWorld(world: LocalWorld, folder: string): Disposable {
  refuseSecondWorld(folder);
  const file = fileIn(folder);
  mkdirSync(folder, { recursive: true });
  // A command never reads half a file.
  writeFileSync(`${file}.${world.pid}`, JSON.stringify(world, null, 2), { mode: 0o600 });
  renameSync(`${file}.${world.pid}`, file);
  const remove = (): void => {
    process.off('exit', remove);
    if (read(file)?.id === world.id) rmSync(file, { force: true });
  };
  process.once('exit', remove);
  return { [Symbol.dispose]: remove };
}

/** @throws CommandError when nothing runs on this machine */
export function readLocalWorld(folder = localFolder()): RunningWorld {
  const world = read(fileIn(folder));
  if (!world || !isAlive(world.pid)) {
    throw new CommandError('Nothing runs on this machine: start it with npm start.');
  }
  return running(world);
}

export const running = (world: LocalWorld): RunningWorld => ({ ...world, now: () => clockNow(world.clock) });

/** Undefined for a file that is not there, or that another version of this program wrote. */
function read(file: string): LocalWorld | undefined {
  try {
    return z.safeParse(LocalWorld, JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Whether a process runs. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It runs, and belongs to somebody else.
    return Object(error).code === 'EPERM';
  }
}
