import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { handlerFile, type Sender, senders, unknownRoute } from '../lib/webhooks/catalogue.ts';
import { exampleFile } from './example-file.ts';

const root = join(import.meta.dirname, '..');

/** The source file of each bundle by the bundle's name, such as `winkelstraat/worker`. */
export type Entries = Record<string, string>;

/** The folder of each bundle by its name. It contains `index.mjs` and `index.mjs.map`, and is uploaded as it is. */
export type Bundles = Record<string, string>;

/** @throws Error when there is no such bundle, so that no function is deployed without code. */
export function codeOf(bundles: Bundles, name: string): string {
  const folder = bundles[name];
  if (folder === undefined) throw new Error(`There is no bundle ${name}.`);
  return folder;
}

/** The name of the bundle of a sender's worker. */
export const workerFile = (sender: Sender): string => `${sender.name}/worker`;

/** The name of the reconciler's bundle. */
export const reconcilerFile = 'reconciler';

/** The names of the quarantine's bundles. */
export const quarantineFiles = { worker: 'quarantine/worker', watch: 'quarantine/watch' } as const;

/** The options of every bundle. They save bytes to read and modules to load, which is what a cold start costs. */
export const bundleOptions: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // The SDK's packages list CommonJS first, but esbuild can drop unused code only from their ES modules.
  mainFields: ['module', 'main'],
  minify: true,
  treeShaking: true,
  // With a linked node_modules, the maps would otherwise contain its real path.
  preserveSymlinks: true,
  legalComments: 'none',
  // Maps contain positions only. A stack trace needs no sources, and a smaller map is read faster.
  sourcemap: 'external',
  sourcesContent: false,
  // Replaces modules that a Lambda never uses or has already loaded. Each file gives the reason.
  alias: {
    '@aws-sdk/credential-provider-node': join(root, 'lib/runtime/shims/environment-credentials.ts'),
    '@aws-sdk/middleware-endpoint-discovery': join(root, 'lib/runtime/shims/endpoint-discovery.ts'),
    '@smithy/core/event-streams': join(root, 'lib/runtime/shims/event-streams.ts'),
    'node:buffer': join(root, 'lib/runtime/shims/buffer.ts'),
    'node:crypto': join(root, 'lib/runtime/shims/crypto.ts'),
    'node:http': join(root, 'lib/runtime/shims/http.ts'),
    'node:net': join(root, 'lib/runtime/shims/net.ts'),
    'node:process': join(root, 'lib/runtime/shims/process.ts'),
    // Its path below would be taken for one of the file's.
    'node:timers/promises': 'node:timers/promises',
    'node:timers': join(root, 'lib/runtime/shims/timers.ts'),
    'node:tls': join(root, 'lib/runtime/shims/tls.ts'),
  },
  logLevel: 'silent',
};

/** An ingest function for each webhook of the catalogue, a worker for each sender, the quarantine's two functions, and the reconciler. */
export function functionEntries(): Entries {
  const names = senders.flatMap((sender) => [
    ...sender.webhooks.map((webhook) => handlerFile(sender, webhook)),
    ...(sender.hasUnknownRoute ? [handlerFile(sender, { name: unknownRoute })] : []),
    workerFile(sender),
  ]);
  return Object.fromEntries(
    [...names, ...Object.values(quarantineFiles), reconcilerFile].map((name) => [
      name,
      join(root, 'functions', `${name}.ts`),
    ]),
  );
}

/** Bundles every function into a folder of its own below `outdir`. An ingest function reads its example in init. */
export function bundleFunctions(outdir: string): Bundles {
  const bundles = bundle(functionEntries(), outdir);
  for (const sender of senders) {
    for (const webhook of sender.webhooks) {
      const folder = codeOf(bundles, handlerFile(sender, webhook));
      copyFileSync(exampleFile(sender, webhook), join(folder, 'example.json'));
    }
  }
  return bundles;
}

/**
 * Bundles entries into folders below `outdir`. One esbuild call makes all of them, so that it reads and parses shared
 * modules once. The bytes depend on the sources alone and not on the location of the sources or `outdir`: the same
 * sources keep the same asset hash.
 * @param changes options that replace the usual ones, to measure what those save.
 * @throws Error with esbuild's own message when a source does not build.
 */
export function bundle(entries: Entries, outdir: string, changes: BuildOptions = {}): Bundles {
  const flat = (name: string): string => name.replaceAll('/', '--');
  // esbuild writes nothing. It computes the paths in maps relative to `outdir`, so this gives `lib/config/timing.ts`.
  const built = buildSync({
    ...bundleOptions,
    ...changes,
    entryPoints: Object.fromEntries(Object.entries(entries).map(([name, source]) => [flat(name), source])),
    outdir: root,
    outExtension: { '.js': '.mjs' },
    write: false,
  });
  const outputs = new Map(built.outputFiles.map((file) => [basename(file.path), file]));

  return Object.fromEntries(
    Object.keys(entries).map((name) => {
      const folder = join(outdir, name);
      mkdirSync(folder, { recursive: true });
      const code = outputs.get(`${flat(name)}.mjs`)?.text;
      const map = outputs.get(`${flat(name)}.mjs.map`)?.contents;
      if (code === undefined || map === undefined) throw new Error(`esbuild made no bundle of ${name}.`);
      writeFileSync(join(folder, 'index.mjs'), `${code}//# sourceMappingURL=index.mjs.map\n`);
      writeFileSync(join(folder, 'index.mjs.map'), map);
      return [name, folder];
    }),
  );
}
