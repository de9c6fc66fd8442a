import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import * as z from 'zod/mini';
import { reportReady } from './server-thread.ts';
import type { SynthOptions } from './synth.ts';

/** `<stack>.assets.json`, see https://docs.aws.amazon.com/cdk/v2/guide/assets.html: a function names its S3 key only. */
const AssetManifest = z.looseObject({
  files: z.record(
    z.string(),
    z.looseObject({
      source: z.looseObject({ path: z.optional(z.string()) }),
      destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
    }),
  ),
});

await reportReady(async () => {
  const { context, outdir } = workerData as SynthOptions;
  const { bridgeApp } = await import('../app.ts');
  const assembly = bridgeApp({ context: { ...context }, outdir }).synth();
  const [stack, ...others] = assembly.stacks;
  if (!stack || others.length > 0)
    throw new Error('The local runtime runs one stack: the app has none or several.');
  return {
    stackName: stack.stackName,
    template: stack.template,
    assetFolders: readAssetFolders(
      join(outdir, stack.templateFile.replace(/\.template\.json$/, '.assets.json')),
      outdir,
    ),
  };
});

function readAssetFolders(manifestFile: string, outdir: string): Record<string, string> {
  const { files } = AssetManifest.parse(JSON.parse(readFileSync(manifestFile, 'utf8')));
  const folders: Record<string, string> = {};
  for (const { source, destinations } of Object.values(files)) {
    if (source.path === undefined) continue;
    for (const { objectKey } of Object.values(destinations)) folders[objectKey] = join(outdir, source.path);
  }
  return folders;
}
