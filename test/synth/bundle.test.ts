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

test('there is one bundle for each webhook and worker of the catalogue, for unknown routes, the quarantine and the reconciler', () => {
  expect(Object.keys(bundles).sort()).toEqual(
    [...ingestNames, 'winkelstraat/unknown-route', ...workerNames, ...quarantineNames, 'reconciler'].sort(),
  );
  expect(Object.keys(functionEntries()).sort()).toEqual(Object.keys(bundles).sort());
});

test.each([...ingestNames, ...workerNames])('the bundle %s is a folder with the code and its map', (name) => {
  const example = ingestNames.includes(name) ? ['example.json'] : [];
  expect(readdirSync(codeOf(bundles, name)).sort()).toEqual([...example, 'index.mjs', 'index.mjs.map']);
  expect(code(name)).toMatch(/export\s*\{[^}]*\bas handler\b[^}]*\}/);
  expect(code(name).trimEnd()).toMatch(/\/\/# sourceMappingURL=index\.mjs\.map$/);
});

test.each([...ingestNames, 'winkelstraat/unknown-route'])(
  'the bundle %s is at most 80 KB, which a cold start loads, without a client of the SDK',
  (name) => {
    const sources: string[] = JSON.parse(map(name)).sources;

    expect(sources.filter((source) => /@(aws-sdk|smithy)/.test(source))).toEqual([]);
    expect(statSync(join(codeOf(bundles, name), 'index.mjs')).size).toBeLessThanOrEqual(80_000);
  },
);

test.each(ingestNames)('the bundle %s has an example that its webhook accepts', (name) => {
  const webhook = senders
    .flatMap((sender) => sender.webhooks.map((each) => ({ each, file: handlerFile(sender, each) })))
    .find(({ file }) => file === name)?.each;
  const example = readFileSync(join(codeOf(bundles, name), 'example.json'), 'utf8');

  expect(webhook?.schema.safeParse(JSON.parse(example)).success).toBe(true);
});

test.each(workerNames)(
  'the bundle %s is at most 452 KB, without what DynamoDB and SQS do not need',
  (name) => {
    const sources: string[] = JSON.parse(map(name)).sources;

    expect(statSync(join(codeOf(bundles, name), 'index.mjs')).size).toBeLessThanOrEqual(452_000);
    expect(sources.filter((source) => /core\/.*event-streams|endpoint-cache|mnemonist/.test(source))).toEqual(
      [],
    );
  },
);

test.each([...ingestNames, ...workerNames])(
  'the bundle %s excludes the SDK’s default credential chain',
  (name) => {
    const sources: string[] = JSON.parse(map(name)).sources;

    expect(sources).toContain('lib/runtime/shims/environment-credentials.ts');
    expect(
      sources.filter((source) => /credential-provider-(node|ini|sso|process|imds|web-identity)/.test(source)),
    ).toEqual([]);
  },
);

test.each([...ingestNames, ...workerNames])(
  'the bundle %s includes only the parts of zod that its schemas use',
  (name) => {
    // A single use of a `z.core.<value>` includes the whole library with every language: 400 KB.
    const sources: string[] = JSON.parse(map(name)).sources;

    expect(sources.some((source) => /zod\/v4\/(locales|classic)\//.test(source))).toBe(false);
  },
);

test('the same sources give the same bytes in every folder, so that only changes are deployed', () => {
  const second = bundleFunctions(join(outdir, 'second/deeper'));

  for (const name of Object.keys(bundles)) {
    expect(readFileSync(join(codeOf(second, name), 'index.mjs'), 'utf8')).toBe(code(name));
    expect(readFileSync(join(codeOf(second, name), 'index.mjs.map'), 'utf8')).toBe(map(name));
  }
});

test.each([...ingestNames, ...workerNames])(
  'the bundle %s contains no path of the machine that built it',
  (name) => {
    const sources: string[] = JSON.parse(map(name)).sources;

    expect(sources.filter((source) => !/^(lib|functions|node_modules)\//.test(source))).toEqual([]);
    expect(`${code(name)}${map(name)}`).not.toContain(join(import.meta.dirname, '../..'));
  },
);

test('a missing bundle is an error, so that no function is deployed without code', () => {
  expect(() => codeOf(bundles, 'winkelstraat/nothing')).toThrow('winkelstraat/nothing');
});
