import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundles, codeOf } from '../../infra/bundle.ts';

/** What of a bundle a cold start reads, in bytes: the code, not its map. */
export const bundleBytes = (bundles: Bundles, name: string): number =>
  statSync(join(codeOf(bundles, name), 'index.mjs')).size;
