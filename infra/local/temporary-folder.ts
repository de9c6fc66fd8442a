import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Closable } from './open-parts.ts';

export interface TemporaryFolder extends Closable {
  readonly path: string;
}

/** A folder that is gone with the local world, also when the process has no time to close it. */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'local-bridge-'));
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  process.once('exit', remove);
  return {
    path,
    close: async () => {
      process.off('exit', remove);
      remove();
    },
  };
}
