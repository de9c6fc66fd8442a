import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundles } from '../synth/template.ts';

/** Each has a file in `lib/runtime/shims/` that says what its import loads. */
const costly = new Set(['buffer', 'crypto', 'http', 'net', 'process', 'timers', 'tls']);

test('no bundle imports a built-in module whose import alone costs a cold start time', () => {
  for (const [name, bundle] of Object.entries(bundles())) {
    const code = readFileSync(join(bundle, 'index.mjs'), 'utf8');
    const imported = [...code.matchAll(/(?:from|import)\s*\(?\s*["'](?:node:)?([a-z_/]+)["']/g)].map(
      ([, module]) => module,
    );

    expect({ name, imported }).toEqual({ name, imported: expect.arrayContaining(['https']) });
    expect({ name, costly: imported.filter((module) => costly.has(module ?? '')) }).toEqual({
      name,
      costly: [],
    });
  }
});
