import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { type Bundles, bundleFunctions } from './bundle.ts';
import { cdkJsonContext, readStage, SettingError } from './settings/stage.ts';
import { BridgeStack } from './stack.ts';

export interface BridgeAppOptions {
  /** Context that overrides all other, as `-c` does: `{ stage: 'prod', mode: 'observe' }`. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** The folder for the assembly. Default: the one that the CDK CLI names, else a new temporary folder. */
  readonly outdir?: string;
  /** Whether `synth()` also checks the template against CloudFormation's rules, in some 4 s. Default: no. */
  readonly validate?: boolean;
  /** Bundles of the functions that are there already. Default: new ones. */
  readonly bundles?: Bundles;
}

/**
 * The CDK app with the stack of one stage. Call `synth()` on it to get the assembly. The app reads the context of
 * `cdk.json` itself, so that the CLI, the local runtime and the tests build the same stack.
 * @throws SettingError when a setting is unknown or impossible.
 */
export function bridgeApp(options: BridgeAppOptions = {}): App {
  const { context = {}, outdir, validate = false } = options;
  const app = new App({
    context: cdkJsonContext(),
    postCliContext: context,
    builtinCloudFormationValidation: validate,
    ...(outdir && { outdir }),
  });
  const stage = readStage(app.node.getAllContext());

  // The stack copies each bundle into the assembly at once. Nothing reads the folder afterwards.
  using scratch = mkdtempDisposableSync(join(tmpdir(), 'returns-bridge-'));
  new BridgeStack(app, { stage, bundles: options.bundles ?? bundleFunctions(scratch.path) });
  return app;
}

if (import.meta.main) {
  try {
    bridgeApp({ validate: true }).synth();
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
