import { cpSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bridgeApp } from '../../infra/app.ts';
import { SettingError } from '../../infra/settings/stage.ts';
import { fitForEmulator, type Template } from './emulator-limits.ts';
import { pinned } from './virtual-environment.ts';

/*
 * The CDK app for the emulator, in place of "app" in cdk.json: `npx cdk deploy --app "node test/deployed/app.ts"`, or
 * the variable CDK_APP. It synthesizes the bridge's own app, and gives the CDK CLI a copy without what the emulator
 * can't do. It prints each difference.
 */
const { CDK_OUTDIR: outdir } = process.env;
if (!outdir) throw new Error('The CDK CLI runs this app: set CDK_APP, then type npx cdk deploy.');

try {
  using original = mkdtempDisposableSync(join(tmpdir(), 'returns-bridge-'));
  const { stacks } = bridgeApp({ outdir: original.path }).synth();
  cpSync(original.path, outdir, { recursive: true });
  for (const { templateFile } of stacks) {
    const file = join(outdir, templateFile);
    const { template, differences } = fitForEmulator(JSON.parse(readFileSync(file, 'utf8')) as Template);
    writeFileSync(file, JSON.stringify(template, undefined, 1));
    for (const line of differences) console.error(`MiniStack ${pinned('ministack')}: ${line}`);
  }
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
