import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const cache = join(root, 'node_modules/.cache/bridge-tests');
const dayMs = 24 * 3_600_000;

export interface Origin {
  readonly name: string;
  /** The file that makes it, from the root. */
  readonly maker: string;
  readonly settings?: object;
}

/**
 * A folder that is made from the sources of the product. It is kept for all test files and runs, for as long as nothing
 * that it is made from changes: bundling and synthesis take seconds.
 * @param make fills an empty folder
 */
export async function keptFolder(origin: Origin, make: (folder: string) => Promise<void>): Promise<string> {
  const place = placeOf(origin);
  if (!existsSync(place.folder)) {
    await make(place.begin()).catch(place.giveUp);
    place.keep();
  }
  return place.used();
}

/** The same for what is made in one go. */
export function keptFolderSync(origin: Origin, make: (folder: string) => void): string {
  const place = placeOf(origin);
  if (!existsSync(place.folder)) {
    try {
      make(place.begin());
    } catch (error) {
      place.giveUp(error);
    }
    place.keep();
  }
  return place.used();
}

/** Where it is kept. It is made beside and then renamed: another process never reads half a folder. */
function placeOf(origin: Origin) {
  const folder = join(cache, `${origin.name}-${digestOf(origin)}`);
  const mine = `${folder}.${randomUUID()}`;
  return {
    folder,
    /** What is in use is not old. */
    used: (): string => {
      const now = new Date();
      utimesSync(folder, now, now);
      return folder;
    },
    begin: (): string => {
      mkdirSync(mine, { recursive: true });
      return mine;
    },
    giveUp: (error: unknown): never => {
      rmSync(mine, { recursive: true, force: true });
      throw error;
    },
    keep: (): void => {
      try {
        renameSync(mine, folder);
      } catch (error) {
        rmSync(mine, { recursive: true, force: true });
        // Another process may have been first.
        if (!existsSync(folder)) throw error;
      }
      removeOld();
    },
  };
}

/** What bundles and templates are made from. The crash tests build their probe into a bundle. */
const madeFrom = [
  '{infra,lib,functions}/**/*.{ts,json}',
  'test/samples/**/*.json',
  'test/system/crash/killable.ts',
  'cdk.json',
  'package-lock.json',
];

function digestOf({ maker, settings = {} }: Origin): string {
  const sources = globSync(madeFrom, { cwd: root });
  const digest = createHash('sha256').update(JSON.stringify(settings));
  for (const file of [...sources.sort(), maker]) digest.update(file).update(readFileSync(join(root, file)));
  return digest.digest('hex').slice(0, 16);
}

/** Another checkout may share `node_modules`, so what was made today stays. */
function removeOld(): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    const madeAt = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - madeAt > dayMs) rmSync(path, { recursive: true, force: true });
  }
}
