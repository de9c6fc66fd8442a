import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { handlerFile, type Sender, senders } from '../lib/webhooks/catalogue.ts';

const root = join(import.meta.dirname, '..');

/** Source file of each bundle by the bundle's name, such as `winkelstraat/worker`. */
export type Entries = Record<string, string>;

/** Folder of each bundle by its name: it holds `index.mjs` and `index.mjs.map`, and is a Lambda's code as it is. */
export type Bundles = Record<string, string>;

/** @throws Error when there is no such bundle: a function without code must not be deployed. */
export function codeOf(bundles: Bundles, name: string): string {
  const folder = bundles[name];
  if (folder === undefined) throw new Error(`There is no bundle ${name}.`);
  return folder;
}

/** Name of the bundle of a sender's worker. */
export const workerFile = (sender: Sender): string => `${sender.name}/worker`;

/** Name of the reconciler's bundle. */
export const reconcilerFile = 'reconciler';

/** Names of the quarantine's bundles. */
export const quarantineFiles = { worker: 'quarantine/worker', watch: 'quarantine/watch' } as const;

/** How every bundle is made: what costs at a cold start is bytes to read and modules to load. */
export const bundleOptions: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // The SDK's packages offer CommonJS first; only their ES modules can be shaken.
  mainFields: ['module', 'main'],
  minify: true,
  treeShaking: true,
  // A linked node_modules counts as lying here: else its real path would stand in the maps.
  preserveSymlinks: true,
  legalComments: 'none',
  // Maps hold positions only: a stack trace needs no sources, and a smaller map is read faster when one is needed.
  sourcemap: 'external',
  sourcesContent: false,
  // What a Lambda never uses or has loaded already; each file says why.
  alias: {
    '@aws-sdk/credential-provider-node': join(root, 'lib/runtime/shims/environment-credentials.ts'),
    'node:http': join(root, 'lib/runtime/shims/http.ts'),
    'node:process': join(root, 'lib/runtime/shims/process.ts'),
  },
  logLevel: 'silent',
};

/** One ingest function for each webhook of the catalogue, one worker for each sender, the quarantine's and the reconciler. */
export function functionEntries(): Entries {
  const names = senders.flatMap((sender) => [
    ...sender.webhooks.map((webhook) => handlerFile(sender, webhook)),
    workerFile(sender),
  ]);
  return Object.fromEntries(
    [...names, ...Object.values(quarantineFiles), reconcilerFile].map((name) => [
      name,
      join(root, 'functions', `${name}.ts`),
    ]),
  );
}

/** Bundles every function into a folder of its own below `outdir`. */
export const bundleFunctions = (outdir: string): Bundles => bundle(functionEntries(), outdir);

/**
 * Bundles entries into folders below `outdir`, all by one esbuild call, so that what they share is read and parsed once.
 * The bytes depend on the sources alone, not on where they or `outdir` lie: the same sources keep the same asset hash.
 * @param changes options in place of the usual ones, for a comparison with what they save.
 * @throws Error with esbuild's own message when a source does not build.
 */
export function bundle(entries: Entries, outdir: string, changes: BuildOptions = {}): Bundles {
  const named = Object.entries(entries).map(([name, source]) => ({
    name,
    source,
    flat: name.replaceAll('/', '--'),
  }));
  // Nothing is written where esbuild thinks it writes: as if beside package.json, so that maps say `lib/config/retry-schedule.ts`.
  const built = buildSync({
    ...bundleOptions,
    ...changes,
    entryPoints: Object.fromEntries(named.map(({ flat, source }) => [flat, source])),
    outdir: root,
    outExtension: { '.js': '.mjs' },
    write: false,
  });
  const outputs = new Map(built.outputFiles.map((file) => [basename(file.path), file]));

  return Object.fromEntries(
    named.map(({ name, flat }) => {
      const folder = join(outdir, name);
      mkdirSync(folder, { recursive: true });
      const code = outputs.get(`${flat}.mjs`)?.text;
      const map = outputs.get(`${flat}.mjs.map`)?.contents;
      if (code === undefined || map === undefined) throw new Error(`esbuild made no bundle of ${name}.`);
      writeFileSync(join(folder, 'index.mjs'), `${code}//# sourceMappingURL=index.mjs.map\n`);
      writeFileSync(join(folder, 'index.mjs.map'), map);
      return [name, folder];
    }),
  );
}
