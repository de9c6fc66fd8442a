import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import * as z from 'zod/mini';
import { bundleOptions, functionEntries } from '../../infra/bundle.ts';

const root = join(import.meta.dirname, '../..');

const PackageJson = z.object({
  name: z.string(),
  version: z.string(),
  /** An expression of SPDX. */
  license: z._default(z.string(), 'NONE'),
});

/** A package of npm with code in a deployed bundle. */
export type DeployedPackage = z.infer<typeof PackageJson> & {
  /** The bundles with code of it, such as `winkelstraat--worker`. */
  readonly bundles: readonly string[];
};

/** The packages whose code esbuild puts into the bundles, by name and version. What it leaves out is not deployed. */
export function deployedPackages(): DeployedPackage[] {
  const entries = Object.entries(functionEntries());
  const { metafile } = buildSync({
    ...bundleOptions,
    entryPoints: Object.fromEntries(entries.map(([name, source]) => [name.replaceAll('/', '--'), source])),
    outdir: root,
    write: false,
    metafile: true,
  });
  const bundles = new Map<string, Set<string>>();
  for (const [file, { inputs }] of Object.entries(metafile?.outputs ?? {})) {
    for (const [source, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(source)?.[0];
      if (!folder || bytesInOutput === 0) continue;
      bundles.set(folder, (bundles.get(folder) ?? new Set()).add(file.replace(/\.js$/, '')));
    }
  }
  return [...bundles]
    .map(([folder, names]) => ({
      ...z.parse(PackageJson, JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))),
      bundles: [...names].sort(),
    }))
    .sort((one, other) => one.name.localeCompare(other.name) || one.version.localeCompare(other.version));
}
