import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { Clock } from './clock.ts';
import type { errorFields } from './lambda-log.ts';

/** What a function's thread is started with; plain data. */
export interface LambdaThreadData {
  readonly folder: string;
  readonly handler: string;
  readonly logLevel: string;
  readonly clock: Clock;
  /** The part of a handler's context that never changes. */
  readonly context: Readonly<Record<string, string>>;
}

export interface ToThread {
  readonly requestId: string;
  readonly event: unknown;
  readonly timeoutMs: number;
}

type ErrorFields = ReturnType<typeof errorFields>;

export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-failed'; readonly error: ErrorFields }
  | { readonly kind: 'answered'; readonly requestId: string; readonly payload: string }
  | { readonly kind: 'failed'; readonly requestId: string; readonly error: ErrorFields }
  | { readonly kind: 'log'; readonly line: string };

/** Why an invocation failed, as Lambda names it. */
export interface Failure extends ErrorFields {
  readonly kind: 'error' | 'timeout' | 'crash' | 'init' | 'stopped';
}

export type Invocation =
  | { readonly ok: true; readonly requestId: string; readonly payload: unknown }
  | { readonly ok: false; readonly requestId: string; readonly failure: Failure };

export interface ExecutionEnvironmentOptions extends LambdaThreadData {
  /** All that `process.env` holds inside. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly onLog: (line: string) => void;
}

/** One Lambda execution environment: a thread that runs one invocation at a time. */
export interface ExecutionEnvironment {
  /** Never rejects: a failure of the function is an outcome. */
  invoke(requestId: string, event: unknown): Promise<Invocation>;
  /** False once the thread ended: then it takes no more invocations. */
  alive(): boolean;
  /** Ends the thread in the middle of this invocation, as a crash would; false when it does not run (any more). */
  kill(requestId: string): boolean;
  close(): Promise<void>;
}

/** Lambda allows ten seconds for loading the code. */
const initTimeoutMs = 10_000;

/** Starts a thread with the function's code. Time limits are real time, and whoever exceeds one loses its thread. */
export function startExecutionEnvironment(options: ExecutionEnvironmentOptions): ExecutionEnvironment {
  const { environment, timeoutMs, onLog, folder, handler, logLevel, clock, context } = options;
  const workerData: LambdaThreadData = { folder, handler, logLevel, clock, context };
  const thread = new Worker(new URL('./lambda-thread.ts', import.meta.url), {
    workerData,
    env: { ...environment },
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  // What a function writes past `console` is a log line as well.
  for (const stream of [thread.stdout, thread.stderr]) createInterface({ input: stream }).on('line', onLog);

  let ended: Failure | undefined;
  let running: string | undefined;
  let busyWith: ((outcome: { payload: string } | Failure) => void) | undefined;
  const becomesReady = Promise.withResolvers<void>();

  const end = (failure: Failure): void => {
    if (!ended && !busyWith && failure.kind === 'crash') onLog(lineOf(failure));
    ended ??= failure;
    becomesReady.resolve();
    busyWith?.(ended);
    void thread.terminate();
  };
  const initTimer = setTimeout(
    () => end(failureOf('init', 'Init', `loading the code took longer than ${initTimeoutMs / 1000} s`)),
    initTimeoutMs,
  );
  void becomesReady.promise.then(() => clearTimeout(initTimer));

  thread.on('message', (message: FromThread) => {
    if (message.kind === 'log') onLog(message.line);
    if (message.kind === 'ready') becomesReady.resolve();
    if (message.kind === 'init-failed') end({ kind: 'init', ...message.error });
    if (message.kind === 'answered') busyWith?.({ payload: message.payload });
    if (message.kind === 'failed') busyWith?.({ kind: 'error', ...message.error });
  });
  thread.on('error', (error: Error) =>
    end({ ...failureOf('crash', error.name, error.message), stackTrace: error.stack?.split('\n') ?? [] }),
  );
  thread.on('exit', (code) =>
    end(failureOf('crash', 'Runtime.ExitError', `the function ended itself, exit code ${code}`)),
  );

  return {
    invoke: async (requestId, event) => {
      await becomesReady.promise;
      if (ended) return { ok: false, requestId, failure: ended };
      running = requestId;
      const answer = Promise.withResolvers<{ payload: string } | Failure>();
      busyWith = answer.resolve;
      const timer = setTimeout(
        () =>
          end(
            failureOf(
              'timeout',
              'Sandbox.Timedout',
              `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
            ),
          ),
        timeoutMs,
      );
      thread.postMessage({ requestId, event, timeoutMs } satisfies ToThread);
      const outcome = await answer.promise;
      clearTimeout(timer);
      busyWith = undefined;
      running = undefined;
      if ('kind' in outcome) return { ok: false, requestId, failure: outcome };
      return { ok: true, requestId, payload: JSON.parse(outcome.payload) };
    },
    alive: () => ended === undefined,
    kill: (requestId) => {
      if (running !== requestId || ended) return false;
      end(failureOf('crash', 'Runtime.ExitError', 'the function was killed'));
      return true;
    },
    close: async () => {
      end(failureOf('stopped', 'Stopped', 'the local runtime is stopping'));
      await thread.terminate();
    },
  };
}

function failureOf(kind: Failure['kind'], errorType: string, errorMessage: string): Failure {
  return { kind, errorType, errorMessage, stackTrace: [] };
}

function lineOf({ errorType, errorMessage, stackTrace }: Failure): string {
  return JSON.stringify({
    timestamp: new Date().toISOString(),
    level: 'ERROR',
    message: { errorType, errorMessage, stackTrace },
  });
}
