import { fork } from 'node:child_process';
import type { ColdStart, ToProbe, WarmCalls } from './probe.ts';
import type { Subject } from './subjects.ts';

/** A process that runs one function, as an execution environment of Lambda does. */
export interface ExecutionProcess {
  /** Loads the function and calls it once. */
  coldStart(): Promise<ColdStart>;
  /** Calls it again, one call after the other. */
  warmCalls(count: number): Promise<WarmCalls>;
  end(): Promise<void>;
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
  const ask = (question: ToProbe): Promise<unknown> => {
    answered = Promise.withResolvers();
    child.send(question);
    return answered.promise;
  };
  return {
    coldStart: async () =>
      (await ask({ ask: 'cold start', file: subject.file, event: subject.event })) as ColdStart,
    warmCalls: async (count) => (await ask({ ask: 'warm calls', count, event: subject.event })) as WarmCalls,
    end: async () => {
      child.kill();
      await ended.promise;
    },
  };
}
