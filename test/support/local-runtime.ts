import { type LocalRuntime, type LocalRuntimeOptions, startLocalRuntime } from '../../infra/local/runtime.ts';
import { keptSynthesis } from './template.ts';

/** The local runtime in this process, with the stack as it was synthesized the last time. */
export const startRuntime = (options: LocalRuntimeOptions = {}): Promise<LocalRuntime> =>
  startLocalRuntime({ synthesize: keptSynthesis, ...options });
