import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { bulkhead } from 'cockatiel';
import { type ErrorFields, errorFields, logLine } from './lambda-log.ts';
import type { FromThread, LambdaThreadData, ToThread } from './lambda-thread.ts';

/** Why an invocation failed, as Lambda names it. */
export interface Failure extends ErrorFields {
  readonly kind: 'error' | 'timeout' | 'crash' | 'init' | 'stopped' | 'throttled';
}

type Outcome =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly failure: Failure };

export type Invocation = Outcome & { readonly requestId: string };

export type LambdaFunction = ReturnType<typeof lambdaFunction>;

/** Ends the thread of an invocation that still runs; false when it had ended. */
export type Kill = () => boolean;

export interface LambdaFunctionOptions extends LambdaThreadData {
  readonly name: string;
  /** All that `process.env` holds inside. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** How many environments may run at once; further invocations wait their turn. */
  readonly maxConcurrency: number;
  readonly onLog: (line: string) => void;
  /** Called with every invocation as it begins. */
  readonly onInvocation?: (kill: Kill) => void;
}

/** A function with its environments: kept warm, started when none is free, replaced after a crash or a time-out. */
export function lambdaFunction(options: LambdaFunctionOptions) {
  const { name, timeoutMs, maxConcurrency, onInvocation } = options;
  const environments = new Set<ExecutionEnvironment>();
  let idle: ExecutionEnvironment[] = [];
  const turns = bulkhead(maxConcurrency, Number.POSITIVE_INFINITY);
  return {
    name,
    /** Runs the function once, as soon as one of its environments is free. Never rejects. */
    invoke: (event: unknown): Promise<Invocation> =>
      turns.execute(async () => {
        idle = idle.filter(({ isAlive }) => isAlive());
        const environment = idle.pop() ?? startExecutionEnvironment(options);
        environments.add(environment);
        const requestId = randomUUID();
        onInvocation?.(() => environment.kill(requestId));
        const outcome = await environment.run({ requestId, event, timeoutMs });
        if (environment.isAlive()) idle.push(environment);
        else environments.delete(environment);
        return { requestId, ...outcome };
      }),
    [Symbol.asyncDispose]: async (): Promise<void> => {
      await Promise.all([...environments].map((environment) => environment.close()));
    },
  };
}

type ExecutionEnvironment = ReturnType<typeof startExecutionEnvironment>;

/** Lambda allows ten seconds for loading the code. */
const initTimeoutMs = 10_000;

/**
 * Starts an execution environment: a thread with the function's code, which runs one invocation at a time. Time limits
 * are real time, and an invocation that exceeds one ends its thread.
 */
function startExecutionEnvironment(options: LambdaFunctionOptions) {
  const { environment, onLog, folder, handler, logLevel, clock, context } = options;
  const workerData: LambdaThreadData = { folder, handler, logLevel, clock, context };
  const thread = new Worker(new URL('./lambda-thread.ts', import.meta.url), {
    workerData,
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '', ...environment },
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  // What a function writes past `console` is a log line as well.
  for (const stream of [thread.stdout, thread.stderr]) createInterface({ input: stream }).on('line', onLog);

  let ended: Failure | undefined;
  let running: { readonly requestId: string; readonly finish: (outcome: Outcome) => void } | undefined;
  const initialized = Promise.withResolvers<void>();

  const end = (kind: Failure['kind'], error: Omit<ErrorFields, 'stackTrace'>): void => {
    const fields: ErrorFields = { stackTrace: [], ...error };
    // Between two invocations no outcome shows it.
    if (!ended && !running && kind === 'crash') onLog(logLine('ERROR', undefined, [fields]));
    ended ??= { kind, ...fields };
    initialized.resolve();
    running?.finish({ ok: false, failure: ended });
    void thread.terminate();
  };
  const initTimer = setTimeout(() => {
    const errorMessage = `loading the code took longer than ${initTimeoutMs / 1000} s`;
    end('init', { errorType: 'Init', errorMessage });
  }, initTimeoutMs);
  void initialized.promise.then(() => clearTimeout(initTimer));

  thread.on('message', (message: FromThread) => {
    if (message.kind === 'log') onLog(message.line);
    else if (message.kind === 'ready') initialized.resolve();
    else if (message.kind === 'init-failed') end('init', message.error);
    else if (message.kind === 'answered') running?.finish({ ok: true, payload: message.payload });
    else running?.finish({ ok: false, failure: { kind: 'error', ...message.error } });
  });
  thread.on('error', (error: Error) => end('crash', errorFields(error)));
  const crash = (errorMessage: string): void =>
    end('crash', { errorType: 'Runtime.ExitError', errorMessage });
  thread.on('exit', (code) => crash(`the function ended itself, exit code ${code}`));

  return {
    /** Never rejects: a failure of the function is an outcome. */
    run: async (invocation: ToThread): Promise<Outcome> => {
      await initialized.promise;
      if (ended) return { ok: false, failure: ended };
      const outcome = Promise.withResolvers<Outcome>();
      running = { requestId: invocation.requestId, finish: outcome.resolve };
      const timer = setTimeout(() => {
        const errorMessage = `Task timed out after ${(invocation.timeoutMs / 1000).toFixed(2)} seconds`;
        end('timeout', { errorType: 'Sandbox.Timedout', errorMessage });
      }, invocation.timeoutMs);
      thread.postMessage(invocation);
      return outcome.promise.finally(() => {
        clearTimeout(timer);
        running = undefined;
      });
    },
    /** False once the thread has ended: it takes no more invocations. */
    isAlive: () => ended === undefined,
    /** Ends the thread in the middle of this invocation, as a crash would; false when it does not run (any more). */
    kill: (requestId: string): boolean => {
      if (running?.requestId !== requestId || ended) return false;
      crash('the function was killed');
      return true;
    },
    close: async () => {
      end('stopped', { errorType: 'Stopped', errorMessage: 'the local runtime is stopping' });
      await thread.terminate();
    },
  };
}
