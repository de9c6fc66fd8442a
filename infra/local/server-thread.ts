import { flushCompileCache } from 'node:module';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** What the starter of a part passes along. */
export interface LifecycleHooks {
  /** Aborted when starting is given up. */
  readonly signal: AbortSignal;
  /** Called when the part ends later although nobody closed it. */
  readonly onUnexpectedExit: (error: Error) => void;
}

/** Starts parts side by side. When one fails, the others are given up, and the first error is thrown once all ended. */
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

/**
 * Runs a function in a thread of its own, which goes on until it is disposed of.
 * @param module URL of the module that exports `serve` under its own name
 * @returns what the function returned
 * @throws the function's error, with its code
 */
export function startServerThread<Options, Ready extends object>(
  module: string,
  serve: (options: Options) => Promise<Ready>,
  options: Options,
  { signal, onUnexpectedExit }: LifecycleHooks,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Ready & AsyncDisposable> {
  signal.throwIfAborted();
  const task = { module, name: serve.name, options };
  const thread = new Worker(new URL(import.meta.url), { workerData: task, execArgv: [], env, stderr: true });
  // Terminating a thread while it loads a CommonJS module, such as aws-cdk-lib's large `.warnings.jsii.js`, leaves that
  // half loaded, and Node warns about a circular dependency that does not exist. So the output of a thread that was
  // given up is dropped.
  thread.stderr.on('data', (chunk) => {
    if (!signal.aborted) process.stderr.write(chunk);
  });
  const started = Promise.withResolvers<Ready & AsyncDisposable>();
  let fail = started.reject;
  const close = async (): Promise<void> => {
    fail = () => {};
    await thread.terminate();
  };
  const giveUp = (): void => void close().then(() => started.reject(signal.reason));
  signal.addEventListener('abort', giveUp, { once: true });
  thread.once('message', (ready: Ready) => {
    signal.removeEventListener('abort', giveUp);
    fail = onUnexpectedExit;
    started.resolve({ ...ready, [Symbol.asyncDispose]: close });
  });
  const end = (error: Error): void => {
    fail(error);
    fail = () => {};
  };
  thread.on('error', end);
  thread.on('exit', (code) => end(new Error(`its thread ended with exit code ${code}`)));
  return started.promise;
}

/** This module is its own thread's first. It may not wait at its top level, because the task's module imports it. */
if (!isMainThread && workerData?.module) void run(workerData);

async function run({ module, name, options }: { module: string; name: string; options: unknown }) {
  parentPort?.postMessage(await (await import(module))[name](options));
  // A thread is ended before Node would write it.
  flushCompileCache();
}
