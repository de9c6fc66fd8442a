import { fork } from 'node:child_process';
import { progress } from '../../infra/cli/output.ts';
import type { Spent, ToProbe } from './probe.ts';
import type { Subject } from './subjects.ts';

/** One value for each repetition, for each subject in order. */
export type Series<Measure> = readonly (readonly Measure[])[];

/** What loading a function took, and its first call. */
export interface ColdStart {
  readonly init: Spent;
  readonly first: Spent;
}

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
    await using process = startExecutionProcess(probe, subject);
    return { init: await process.init(), first: await process.calls(1) };
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
  await using open = new AsyncDisposableStack();
  const running = subjects.map((subject) => open.use(startExecutionProcess(probe, subject)));
  for (const process of running) {
    await process.init();
    await process.calls(warmUpCalls);
  }
  return await takeTurns('Warm calls', running, repetitions, async (process) => {
    const { cpuMs } = await process.calls(measuredCalls);
    return (cpuMs * 1000) / measuredCalls;
  });
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
export interface ExecutionProcess extends AsyncDisposable {
  /** Loads the function. */
  init(): Promise<Spent>;
  /** Calls it, one call after the other. */
  calls(count: number): Promise<Spent>;
}

/** Starts a process with the function's environment and nothing of this one's. */
export function startExecutionProcess(probe: string, subject: Subject): ExecutionProcess {
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
    init: async () => (await request({ kind: 'init', file: subject.file })) as Spent,
    calls: async (count) => (await request({ kind: 'calls', count, event: subject.event })) as Spent,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended.promise;
    },
  };
}
