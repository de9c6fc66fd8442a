import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundles } from '../synth/template.ts';

test('no bundle imports a built-in module whose import alone costs a cold start many milliseconds', () => {
  for (const [name, bundle] of Object.entries(bundles())) {
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
