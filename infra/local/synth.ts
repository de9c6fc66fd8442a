import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { startServerThread } from './server-thread.ts';
import { Template } from './template.ts';

/** What `cdk deploy` would deploy, as far as the local runtime needs it. */
export interface Assembly {
  readonly stackName: string;
  readonly template: Template;
  /** Folder of each file asset by the S3 key under which it would be uploaded. */
  readonly assetFolders: Readonly<Record<string, string>>;
}

export interface SynthOptions {
  readonly context: Readonly<Record<string, unknown>>;
  /** Where the assembly is written. */
  readonly outdir: string;
}

/**
 * Synthesizes the stack. Synthesis is one long synchronous call, so it runs in a thread: meanwhile Ctrl-C works and the
 * other parts start, and afterwards the CDK's memory is freed.
 * @param temporary a folder that the caller removes; it takes the assembly and whatever else synthesis leaves behind
 * @throws Error with the stack's own line about an unknown or impossible setting
 */
export async function synthesize(
  context: SynthOptions['context'],
  temporary: string,
  signal: AbortSignal,
): Promise<Assembly> {
  await using thread = await startServerThread(
    import.meta.url,
    synthesizeHere,
    { context, outdir: join(temporary, 'assembly') },
    { signal, onUnexpectedExit: () => {} },
    { ...process.env, TMPDIR: temporary },
  );
  return { ...thread.ready, template: Template.parse(thread.ready.template) };
}

/** Runs inside the thread, which imports it by its name. @public */
export async function synthesizeHere({
  context,
  outdir,
}: SynthOptions): Promise<Omit<Assembly, 'template'> & { readonly template: unknown }> {
  const { bridgeApp } = await import('../app.ts');
  const { stacks } = bridgeApp({ context: { ...context }, outdir }).synth();
  const [stack, ...others] = stacks;
  if (!stack || others.length > 0)
    throw new Error('The local runtime runs one stack: the app has none or several.');
  const manifest = join(outdir, stack.templateFile.replace(/\.template\.json$/, '.assets.json'));
  return {
    stackName: stack.stackName,
    template: stack.template,
    assetFolders: readAssetFolders(manifest, outdir),
  };
}

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

function readAssetFolders(manifest: string, outdir: string): Record<string, string> {
  const { files } = AssetManifest.parse(JSON.parse(readFileSync(manifest, 'utf8')));
  const folders: Record<string, string> = {};
  for (const { source, destinations } of Object.values(files)) {
    if (source.path === undefined) continue;
    for (const { objectKey } of Object.values(destinations)) folders[objectKey] = join(outdir, source.path);
  }
  return folders;
}
