import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder in place of `.local`, in which a local runtime of this test file is found. It is removed after the tests. */
export function newLocalFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'local-folder-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
