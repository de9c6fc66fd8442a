import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunctions, codeOf, workerFile } from '../../infra/bundle.ts';
import { operations } from '../../lib/igf/operations.ts';
import { workerOperations } from '../../lib/igf/worker-igf.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';

let outdir: string;
let codes: string[];
beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), 'igf-bundle-test-'));
  const bundles = bundleFunctions(outdir);
  codes = senders.map((sender) =>
    readFileSync(join(codeOf(bundles, workerFile(sender)), 'index.mjs'), 'utf8'),
  );
});
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

test('a worker’s bundle contains exactly the operations that it calls', () => {
  const bundled = operations
    .map(({ name }) => name)
    .filter((name) => codes.some((code) => code.includes(`"${name}"`)));

  const called = Object.values(workerOperations).flatMap((group) =>
    Object.values(group).map((define) => define().operation.name),
  );
  // Confirming and rejecting are one operation.
  expect(bundled.sort()).toEqual([...new Set(called)].sort());
});
