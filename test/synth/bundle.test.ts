import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bundles, bundleFunctions, codeOf, functionEntries } from '../../infra/bundle.ts';
import { handlerFile, senders } from '../../lib/webhooks/catalogue.ts';

const ingestNames = senders.flatMap((sender) =>
  sender.webhooks.map((webhook) => handlerFile(sender, webhook)),
);
const quarantineNames = ['quarantine/watch', 'quarantine/worker'];
const workerNames = senders.map((sender) => `${sender.name}/worker`);

let outdir: string;
let bundles: Bundles;
beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), 'bundle-test-'));
  bundles = bundleFunctions(join(outdir, 'first'));
});
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

const code = (name: string) => readFileSync(join(codeOf(bundles, name), 'index.mjs'), 'utf8');
const map = (name: string) => readFileSync(join(codeOf(bundles, name), 'index.mjs.map'), 'utf8');

test('makes one bundle for each webhook and each worker of the catalogue, the quarantine’s and the reconciler', () => {
  expect(Object.keys(bundles).sort()).toEqual(
    [...ingestNames, ...workerNames, ...quarantineNames, 'reconciler'].sort(),
  );
  expect(Object.keys(functionEntries()).sort()).toEqual(Object.keys(bundles).sort());
});

test.each([...ingestNames, ...workerNames])('%s is a folder of code and its map', (name) => {
  expect(readdirSync(codeOf(bundles, name)).sort()).toEqual(['index.mjs', 'index.mjs.map']);
  expect(code(name)).toMatch(/export\s*\{[^}]*\bas handler\b[^}]*\}/);
  expect(code(name).trimEnd()).toMatch(/\/\/# sourceMappingURL=index\.mjs\.map$/);
});

test.each(ingestNames)('%s stays within 250 KB, which a cold start has to load', (name) => {
  expect(statSync(join(codeOf(bundles, name), 'index.mjs')).size).toBeLessThanOrEqual(250_000);
});

test.each([...ingestNames, ...workerNames])('%s leaves the SDK’s default credential chain out', (name) => {
  const sources: string[] = JSON.parse(map(name)).sources;

  expect(sources).toContain('lib/runtime/shims/environment-credentials.ts');
  expect(
    sources.filter((source) => /credential-provider-(node|ini|sso|process|imds|web-identity)/.test(source)),
  ).toEqual([]);
});

test.each([...ingestNames, ...workerNames])('%s takes of zod only what its schemas use', (name) => {
  // One `z.core.<value>` in a handler's imports brings the whole library with every language: 400 KB.
  const sources: string[] = JSON.parse(map(name)).sources;

  expect(sources.some((source) => /zod\/v4\/(locales|classic)\//.test(source))).toBe(false);
});

test('the same sources make the same bytes wherever they are built, so that only a change is deployed', () => {
  const second = bundleFunctions(join(outdir, 'second/deeper'));

  for (const name of Object.keys(bundles)) {
    expect(readFileSync(join(codeOf(second, name), 'index.mjs'), 'utf8')).toBe(code(name));
    expect(readFileSync(join(codeOf(second, name), 'index.mjs.map'), 'utf8')).toBe(map(name));
  }
});

test.each([...ingestNames, ...workerNames])('%s tells nothing of the machine that built it', (name) => {
  const sources: string[] = JSON.parse(map(name)).sources;

  expect(sources.filter((source) => !/^(lib|functions|node_modules)\//.test(source))).toEqual([]);
  expect(`${code(name)}${map(name)}`).not.toContain(join(import.meta.dirname, '../..'));
});

test('asking for a bundle that was not made is an error, not a function without code', () => {
  expect(() => codeOf(bundles, 'winkelstraat/nothing')).toThrow('winkelstraat/nothing');
});
