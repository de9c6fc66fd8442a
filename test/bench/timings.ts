import { fork } from 'node:child_process';
import { progress } from '../../infra/cli/output.ts';
import type { ColdStart, ToProbe, WarmCalls } from './probe.ts';
import type { Subject } from './subjects.ts';

/** One value for each repetition, for each subject in order. */
export type Series<Measure> = readonly (readonly Measure[])[];

/** Calls before a measurement: from then on the code that matters is compiled. */
const warmUpCalls = 400;
/** Calls in one measurement: long enough for the clock of CPU time, and for garbage collection to take its share. */
const measuredCalls = 200;

/**
 * Starts each subject in a process of its own, again and again. Subjects take turns, each repetition in another order,
 * so that other load on the machine affects all alike.
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

/** A process that runs one function, as an execution environment of Lambda does. */
interface ExecutionProcess {
  /** Loads the function and calls it once. */
  coldStart(): Promise<ColdStart>;
  /** Calls it again, one call after the other. */
  warmCalls(count: number): Promise<WarmCalls>;
  end(): Promise<void>;
}

/** Starts a process with the function's environment and nothing of this one's. */
function startExecutionProcess(probe: string, subject: Subject): ExecutionProcess {
  const child = fork(probe, {
    env: { ...subject.environment },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = Promise.withResolvers<void>();
  let answered: PromiseWithResolvers<unknown> | undefined;
  child.on('message', (answer) => answered?.resolve(answer));
  child.on('error', (error) => answered?.reject(error));
  child.on('exit', (code) => {
    ended.resolve();
    answered?.reject(new Error(`The process of ${subject.name} ended with exit code ${code}.`));
  });
  const request = (message: ToProbe): Promise<unknown> => {
    answered = Promise.withResolvers();
    child.send(message);
    return answered.promise;
  };
  return {
    coldStart: async () =>
      (await request({ kind: 'cold start', file: subject.file, event: subject.event })) as ColdStart,
    warmCalls: async (count) =>
      (await request({ kind: 'warm calls', count, event: subject.event })) as WarmCalls,
    end: async () => {
      child.kill();
      await ended.promise;
    },
  };
}
