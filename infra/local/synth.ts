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

export interface SynthOptions {
  readonly context: Readonly<Record<string, unknown>>;
  /** Where the assembly is written. */
  readonly outdir: string;
}

type Untyped = Omit<Assembly, 'template'> & { readonly template: unknown };

/**
 * Synthesizes the stack. In a thread, because synthesis is one long synchronous call: outside it, Ctrl-C is heard and
 * the other parts start meanwhile, and the CDK's memory is given back afterwards.
 * @param temporary a folder that the caller removes; it takes the assembly and whatever else synthesis leaves behind.
 * @throws Error with the stack's own line about an unknown or impossible setting.
 */
export async function synthesize(
  context: SynthOptions['context'],
  temporary: string,
  signal: AbortSignal,
): Promise<Assembly> {
  const thread = await startServerThread<Untyped>(
    new URL('./synth-thread.ts', import.meta.url),
    { context, outdir: join(temporary, 'assembly') } satisfies SynthOptions,
    { signal, onDeath: () => {} },
    { ...process.env, TMPDIR: temporary },
  );
  await thread.close();
  return { ...thread.ready, template: Template.parse(thread.ready.template) };
}
