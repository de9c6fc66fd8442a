import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bundles, bundleFunctions, codeOf, reconcilerFile, workerFile } from '../../infra/bundle.ts';
import { operations } from '../../lib/igf/operations.ts';
import { workerOperations } from '../../lib/igf/worker-igf.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';

let outdir: string;
let bundles: Bundles;
beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), 'igf-bundle-test-'));
  bundles = bundleFunctions(outdir);
});
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

/** The operations whose definition is in a bundle. */
function bundled(name: string): string[] {
  const code = readFileSync(join(codeOf(bundles, name), 'index.mjs'), 'utf8');
  return operations.filter((operation) => code.includes(`"${operation.name}"`)).map(({ name }) => name);
}

// Confirming and rejecting are one operation.
const ofWorkers = new Set(
  Object.values(workerOperations).flatMap((group) =>
    Object.values(group).map((define) => define().operation.name),
  ),
);

test.each(senders)(
  'the bundle of the worker of $name contains exactly the operations that it calls',
  (sender) => {
    expect(new Set(bundled(workerFile(sender)))).toEqual(ofWorkers);
  },
);

test('the bundle of the reconciler has two more, and leaves out the others of their files', () => {
  expect(new Set(bundled(reconcilerFile))).toEqual(new Set([...ofWorkers, 'getRetailer', 'allWebhooks']));
});
