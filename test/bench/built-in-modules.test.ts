import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunctions } from '../../infra/bundle.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'built-in-modules-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('no bundle imports a built-in module whose import alone costs a cold start many milliseconds', () => {
  for (const [name, bundle] of Object.entries(bundleFunctions(folder))) {
    const code = readFileSync(join(bundle, 'index.mjs'), 'utf8');
    const imported = [...code.matchAll(/(?:from|import)\s*\(?\s*["'](?:node:)?([a-z_/]+)["']/g)].map(
      ([, module]) => module,
    );

    expect({ name, imported }).toEqual({ name, imported: expect.arrayContaining(['https', 'crypto']) });
    expect({ name, costly: imported.filter((module) => module === 'http' || module === 'process') }).toEqual({
      name,
      costly: [],
    });
  }
});
