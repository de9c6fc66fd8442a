import { join } from 'node:path';
import { startServerThread } from './server-thread.ts';
import { Template } from './template.ts';

/** What `cdk deploy` would deploy, as far as the local runtime needs it. */
export interface Assembly {
  readonly stackName: string;
  readonly template: Template;
  /** Folder of each file asset by the S3 key under which it would be uploaded. */
  readonly assetFolders: Readonly<Record<string, string>>;
}

/**
 * Synthesizes the stack. Synthesis is one long synchronous call, so it runs in a thread. Meanwhile Ctrl-C works and the
 * other parts start. Afterwards the CDK's memory is freed.
 * @param temporary a folder that the caller removes; it takes the assembly and whatever else synthesis leaves behind
 * @throws Error with the stack's own line about an unknown or impossible setting
 */
export async function synthesize(
  context: Readonly<Record<string, unknown>>,
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
  const { stackName, template, assetFolders } = thread;
  return { stackName, template: Template.parse(template), assetFolders };
}

/** Runs inside the thread, which imports it by its name. @public */
export async function synthesizeHere({
  context,
  outdir,
}: {
  context: Readonly<Record<string, unknown>>;
  outdir: string;
}) {
  const { AssetManifestArtifact } = await import('aws-cdk-lib/cx-api');
  const { bridgeApp } = await import('../app.ts');
  const { stacks, artifacts } = bridgeApp({ context: { ...context }, outdir }).synth();
  const [stack, ...others] = stacks;
  if (!stack || others.length > 0)
    throw new Error('The local runtime runs one stack: the app has none or several.');
  const files = artifacts
    .filter(AssetManifestArtifact.isAssetManifestArtifact)
    .flatMap(({ contents }) => Object.values(contents.files ?? {}));
  const folders = files.flatMap(({ source, destinations }) =>
    Object.values(destinations).map(({ objectKey }) => [objectKey, join(outdir, source.path ?? '')]),
  );
  return {
    stackName: stack.stackName,
    template: stack.template as unknown,
    assetFolders: Object.fromEntries(folders) as Record<string, string>,
  };
}
