import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { bundleFunctions } from './bundle.ts';
import { cdkJsonContext } from './settings/cdk-json.ts';
import { readStage, SettingError } from './settings/stage.ts';
import { BridgeStack } from './stack.ts';

export interface BridgeAppOptions {
  /** Context on top of all other, as `-c` would set it: `{ stage: 'prod', mode: 'observe' }`. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Where the assembly goes. Default: where the CDK CLI wants it, else a new folder for temporary files. */
  readonly outdir?: string;
  /** Whether `synth()` also checks the template against CloudFormation's rules, which takes some 4 s. Default: no. */
  readonly validate?: boolean;
}

/**
 * The CDK app with the stack of one stage; call `synth()` on it to get the assembly. It reads the context of `cdk.json`
 * itself, so that the CLI, the local runtime and the tests build the same stack.
 * @throws SettingError when a setting is unknown or impossible.
 */
export function bridgeApp({ context = {}, outdir, validate = false }: BridgeAppOptions = {}): App {
  const app = new App({
    context: cdkJsonContext(),
    postCliContext: context,
    builtinCloudFormationValidation: validate,
    ...(outdir && { outdir }),
  });
  const stage = readStage(app.node.getAllContext());

  const scratch = mkdtempSync(join(tmpdir(), 'returns-bridge-'));
  try {
    // The stack copies each bundle into the assembly as it meets it; nothing reads the folder afterwards.
    new BridgeStack(app, { stage, bundles: bundleFunctions(scratch) });
  } finally {
    rmSync(scratch, { recursive: true });
  }
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
