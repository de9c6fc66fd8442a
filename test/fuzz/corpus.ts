import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { FuzzRequest } from './request.ts';

const part = z.union([z.string(), z.object({ repeat: z.string(), times: z.int() })]);

/** A request that once got a wrong answer, or that is just at a limit, and its answer now. */
const Entry = z.object({
  description: z.string().check(z.minLength(1)),
  request: z.object({
    webhook: z.string(),
    senderKey: z.optional(z.string()),
    headers: z.record(z.string(), z.string()),
    query: z.optional(z.string()),
    body: z.optional(z.union([z.string(), z.array(part)])),
    isBase64Encoded: z.optional(z.boolean()),
  }),
  expectation: z.object({ status: z.int(), errors: z.optional(z.int()) }),
});

export interface CorpusEntry {
  readonly file: string;
  readonly description: string;
  readonly request: FuzzRequest;
  readonly expectation: { readonly status: number; readonly errors?: number | undefined };
}

/** Every entry of a folder. @throws z.core.$ZodError for an invalid file */
export const readCorpus = (folder: string): CorpusEntry[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const entry = z.parse(Entry, JSON.parse(readFileSync(join(folder, file), 'utf8')));
      return { file, ...entry, request: entry.request as FuzzRequest };
    });
