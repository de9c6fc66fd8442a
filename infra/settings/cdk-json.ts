import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });

/** The context of `cdk.json`: the default stage, and the settings of every stage. */
export const cdkJsonContext = (): Record<string, unknown> =>
  z.parse(CdkJson, JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8'))).context;
