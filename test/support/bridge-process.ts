import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { schemaOf } from './ops.ts';

const root = join(import.meta.dirname, '../..');

export interface BridgeProcess {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npx bridge …` in a process of its own. @param env on top of the environment of this process */
export const runBridge = (
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<BridgeProcess> =>
  new Promise((resolve) => {
    const options = { cwd: root, env: { ...process.env, NODE_OPTIONS: '', ...env } };
    const child = execFile(
      process.execPath,
      ['infra/ops/bridge.mjs', ...args],
      options,
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

/** Runs it with `--json`. @throws Error when stdout is not one document as the command describes it */
export async function runBridgeJson(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<BridgeProcess & { readonly result: unknown }> {
  const run = await runBridge([...args, '--json'], env);
  try {
    return { ...run, result: schemaOf(args).parse(JSON.parse(run.stdout)) };
  } catch (cause) {
    throw new Error(
      `npx bridge ${args.join(' ')} --json ended with ${run.code}: ${run.stdout}${run.stderr}`,
      { cause },
    );
  }
}
