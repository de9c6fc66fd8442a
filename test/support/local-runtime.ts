import { type LocalRuntime, type LocalRuntimeOptions, startLocalRuntime } from '../../infra/local/runtime.ts';
import { newLocalFolder } from './local-folder.ts';
import { keptSynthesis } from './template.ts';

/** The local runtime in this process, with the stack as it was synthesized the last time. */
export const startRuntime = (options: LocalRuntimeOptions = {}): Promise<LocalRuntime> =>
  startLocalRuntime({ synthesize: keptSynthesis, ...options });

/** A local runtime for the tests of a file, which commands find that get `--local`. */
export function eachRuntime(options: LocalRuntimeOptions = {}) {
  const folder = newLocalFolder();
  const at = { folder, lines: [] as string[] } as { runtime: LocalRuntime; folder: string; lines: string[] };
  beforeAll(async () => {
    process.env.LOCAL_FOLDER = folder;
    at.runtime = await startRuntime({ folder, onLine: (line) => at.lines.push(line), ...options });
  });
  afterAll(async () => {
    delete process.env.LOCAL_FOLDER;
    await at.runtime?.[Symbol.asyncDispose]();
  });
  return at;
}
