import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { StackFunctionsOptions } from '../../infra/local/stack-functions.ts';
import type { StackParts } from '../../infra/local/stack-parts.ts';
import { until } from '../support/eventually.ts';

/** What starts a function: a request, a queue or a schedule. */
export type Trigger = 'request' | 'queue' | 'schedule';

/** What the runs of functions with one trigger used. */
export interface Runs {
  /** The CPU time of each run, in microseconds. */
  readonly cpuMicros: readonly number[];
  /** The lines that they logged, and their bytes. */
  readonly lines: number;
  readonly logBytes: number;
  /** Names of the metrics that they wrote. */
  readonly metrics: readonly string[];
}

/** Ends a run: what the wrapper below writes last, so that every line of the run has been read before it. */
const Ended = z.strictObject({ endedAfterCpuMicros: z.number() });
const Metric = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(z.object({ Metrics: z.array(z.object({ Name: z.string() })) })),
  }),
});

/** Runs the bundle's handler, and writes the CPU time that it took. */
const wrapper = `import { handler as measured } from './index.mjs';
export const handler = async (event, context) => {
  const before = process.threadCpuUsage();
  try {
    return await measured(event, context);
  } finally {
    const { user, system } = process.threadCpuUsage(before);
    process.stdout.write(JSON.stringify({ endedAfterCpuMicros: user + system }) + '\\n');
  }
};
`;

/**
 * Measures the runs of the stack's functions.
 * @param parts whose code is in folders of their own; a file is added to each
 */
export function functionMeter({ functions, eventSources, schedules }: StackParts) {
  const triggerOf = (name: string): Trigger => {
    if (eventSources.some((source) => source.function.name === name)) return 'queue';
    return schedules.some((schedule) => schedule.function.name === name) ? 'schedule' : 'request';
  };
  const nothing = () => ({ cpuMicros: [] as number[], lines: 0, logBytes: 0, metrics: [] as string[] });
  const noRuns = () => ({ request: nothing(), queue: nothing(), schedule: nothing() });
  let runs = noRuns();
  let underway = 0;

  const metered = functions.map((part) => {
    writeFileSync(join(part.folder, 'metered.mjs'), wrapper);
    return { ...part, handler: 'metered.handler' };
  });
  const read = (line: string): unknown => {
    try {
      return JSON.parse(line);
    } catch {
      return undefined;
    }
  };
  const hooks: Pick<StackFunctionsOptions, 'onLog' | 'onInvocation'> = {
    onInvocation: () => {
      underway += 1;
    },
    onLog: (name, line) => {
      const of = runs[triggerOf(name)];
      const written = read(line);
      const ended = z.safeParse(Ended, written);
      if (ended.success) {
        of.cpuMicros.push(ended.data.endedAfterCpuMicros);
        underway -= 1;
        return;
      }
      of.lines += 1;
      of.logBytes += Buffer.byteLength(line);
      const metrics = z.safeParse(Metric, written).data?._aws.CloudWatchMetrics ?? [];
      of.metrics.push(...metrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name)));
    },
  };
  return {
    functions: metered,
    hooks,
    /** Waits until no function runs. @returns the runs since the last time */
    take: async (): Promise<Readonly<Record<Trigger, Runs>>> => {
      await until(() => underway === 0, 60_000);
      const taken = runs;
      runs = noRuns();
      return taken;
    },
  };
}
