import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import * as z from 'zod/mini';
import { type Assembly, synthesize } from '../../infra/local/synth.ts';
import { Template } from '../../infra/local/template.ts';
import { keptFolder } from './kept-folder.ts';

/** Stands in the kept template for the address of the IGF simulator, whose port is another one each time. */
const anyIgf = 'http://127.0.0.1:9/any-igf';

const Kept = z.object({
  stackName: z.string(),
  template: z.unknown(),
  assetFolders: z.record(z.string(), z.string()),
});

/** `synthesize`, whose result is kept for as long as no source of it changes. */
export const keptSynthesis: typeof synthesize = async ({ igfBaseUrl, ...others }, _temporary, signal) => {
  const context = { ...others, ...(igfBaseUrl !== undefined && { igfBaseUrl: anyIgf }) };
  const settings = { stage: 'local', ...context };
  const origin = { name: 'stack', maker: 'test/support/template.ts', settings };
  const folder = await keptFolder(origin, async (made) => {
    const { assetFolders, ...assembly } = await synthesize(settings, made, signal);
    const paths = Object.entries(assetFolders).map(([key, path]) => [key, relative(made, path)]);
    const kept = { ...assembly, assetFolders: Object.fromEntries(paths) };
    writeFileSync(join(made, 'kept.json'), JSON.stringify(kept));
  });
  const text = readFileSync(join(folder, 'kept.json'), 'utf8').replaceAll(anyIgf, String(igfBaseUrl));
  const { stackName, template, assetFolders } = Kept.parse(JSON.parse(text));
  const paths = Object.entries(assetFolders).map(([key, path]) => [key, join(folder, path)]);
  return { stackName, template: Template.parse(template), assetFolders: Object.fromEntries(paths) };
};

/**
 * The stack as `cdk deploy` would deploy it: tables and queues of tests are made from it, never declared again. It is stage
 * `local`, which is live, unless the context names another one.
 */
export const synthesizedStack = (
  signal: AbortSignal,
  context: Readonly<Record<string, unknown>> = {},
): Promise<Assembly> => keptSynthesis(context, '', signal);
