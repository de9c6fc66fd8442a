import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** What the starter of a part passes along. */
export interface LifecycleHooks {
  /** Aborted when starting is given up. */
  readonly signal: AbortSignal;
  /** Called when the part ends later although nobody closed it. */
  readonly onUnexpectedExit: (error: Error) => void;
}

/**
 * Starts parts side by side. When one fails, the others are given up by their signal, and the first error is thrown once
 * all have ended.
 */
export async function startAll<Parts extends readonly unknown[]>(
  signal: AbortSignal,
  start: (signal: AbortSignal) => { [Index in keyof Parts]: Promise<Parts[Index]> },
): Promise<Parts> {
  const failed = new AbortController();
  const starts = start(AbortSignal.any([signal, failed.signal]));
  try {
    return (await Promise.all(starts)) as unknown as Parts;
  } catch (error) {
    failed.abort(error);
    await Promise.allSettled(starts);
    throw error;
  }
}

/** What a function runs with in a thread of its own. */
interface ThreadTask {
  /** The module that exports the function, as a file URL. */
  readonly module: string;
  readonly name: string;
  readonly options: unknown;
}

/** Plain data: an error's code does not survive a thread border by itself. */
type Report =
  | { readonly ready: unknown }
  | { readonly failed: { readonly message: string; readonly code?: string } };

export interface ServerThread<Ready> extends AsyncDisposable {
  /** What the function returned. */
  readonly ready: Ready;
}

/**
 * Runs a function in a thread of its own, and waits until it has returned. The thread goes on until it is disposed of.
 * @param module URL of the module that exports `serve` under its own name
 */
export function startServerThread<Options, Ready>(
  module: string,
  serve: (options: Options) => Promise<Ready>,
  options: Options,
  { signal, onUnexpectedExit }: LifecycleHooks,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ServerThread<Ready>> {
  signal.throwIfAborted();
  const task: ThreadTask = { module, name: serve.name, options };
  const thread = new Worker(new URL(import.meta.url), { workerData: task, execArgv: [], env, stderr: true });
  let state: 'starting' | 'ready' | 'ended' = 'starting';
  let givenUp = false;
  // Terminating a thread while it loads a CommonJS module does not end it at once. Node leaves that module half loaded and
  // evaluates the next one. Usually the first is aws-cdk-lib's large `.warnings.jsii.js`, and the next one gets its empty
  // exports: Node then warns about a circular dependency that does not exist. So the output of a thread that was given
  // up is dropped. All other output of a thread is passed on.
  thread.stderr.on('data', (chunk) => {
    if (!givenUp) process.stderr.write(chunk);
  });
  const close = async (): Promise<void> => {
    state = 'ended';
    await thread.terminate();
  };
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      givenUp = true;
      void close().then(() => reject(signal.reason));
    };
    signal.addEventListener('abort', giveUp, { once: true });
    const end = (error: Error): void => {
      if (state === 'ready') onUnexpectedExit(error);
      if (state === 'starting') reject(error);
      state = 'ended';
    };
    thread.on('message', (report: Report) => {
      if ('failed' in report) {
        end(Object.assign(new Error(report.failed.message), { code: report.failed.code }));
        void thread.terminate();
      } else if (state === 'starting') {
        state = 'ready';
        signal.removeEventListener('abort', giveUp);
        resolve({ ready: report.ready as Ready, [Symbol.asyncDispose]: close });
      }
    });
    thread.on('error', end);
    thread.on('exit', (code) => end(new Error(`its thread ended with exit code ${code}`)));
  });
}

/** This module is its own thread's first one. It may not wait at its top level: the task's module imports it. */
if (!isMainThread && workerData?.module)
  void run(workerData).then((report) => parentPort?.postMessage(report));

async function run({ module, name, options }: ThreadTask): Promise<Report> {
  try {
    return { ready: await (await import(module))[name](options) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    return { failed: code === undefined ? { message } : { message, code } };
  }
}
