import { progress } from '../../infra/cli/progress.ts';
import { startExecutionProcess } from './execution-process.ts';
import type { ColdStart } from './probe.ts';
import type { Subject } from './subjects.ts';

/** What was measured of each subject, one value for each repetition, in the subjects' order. */
export type Series<Measure> = readonly (readonly Measure[])[];

/** Calls before a measurement: from then on the code that matters is compiled. */
const warmUpCalls = 400;
/** Calls in one measurement: long enough for the clock of CPU time, and for garbage collection to take its share. */
const measuredCalls = 200;

/**
 * Starts each subject in a process of its own, again and again. Subjects take turns, each repetition in another order,
 * so that whatever disturbs the machine disturbs all alike.
 */
export async function measureColdStarts(
  probe: string,
  subjects: readonly Subject[],
  repetitions: number,
): Promise<Series<ColdStart>> {
  const start = async (subject: Subject): Promise<ColdStart> => {
    const process = startExecutionProcess(probe, subject);
    try {
      return await process.coldStart();
    } finally {
      await process.end();
    }
  };
  // The first start of each reads its files from the disk.
  for (const subject of subjects) await start(subject);
  return takeTurns('Cold starts', subjects, repetitions, start);
}

/** CPU time of one warm call in microseconds. Each subject stays in its process while the others have their turns. */
export async function measureWarmCalls(
  probe: string,
  subjects: readonly Subject[],
  repetitions: number,
): Promise<Series<number>> {
  const running = subjects.map((subject) => ({ process: startExecutionProcess(probe, subject) }));
  try {
    for (const { process } of running) {
      await process.coldStart();
      await process.warmCalls(warmUpCalls);
    }
    return await takeTurns('Warm calls', running, repetitions, async ({ process }) => {
      const { cpuMicros } = await process.warmCalls(measuredCalls);
      return cpuMicros;
    });
  } finally {
    await Promise.all(running.map(({ process }) => process.end()));
  }
}

async function takeTurns<Item, Measure>(
  what: string,
  items: readonly Item[],
  repetitions: number,
  measure: (item: Item) => Promise<Measure>,
): Promise<Measure[][]> {
  const series: Measure[][] = items.map(() => []);
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (let turn = 0; turn < items.length; turn += 1) {
      const index = (turn + repetition) % items.length;
      const item = items[index];
      if (item !== undefined) series[index]?.push(await measure(item));
    }
    progress(what, repetition + 1, repetitions);
  }
  return series;
}
