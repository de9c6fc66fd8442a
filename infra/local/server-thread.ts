import { parentPort, Worker } from 'node:worker_threads';

/** What a server thread says about itself. Plain data: an error's code does not survive a thread border by itself. */
type Report =
  | { readonly ready: unknown }
  | { readonly failed: { readonly message: string; readonly code?: string } };

export interface ServerThread<Ready> {
  /** What the thread told when it was ready. */
  readonly ready: Ready;
  close(): Promise<void>;
}

/** What a part that is being started hears and tells. */
export interface Lifeline {
  /** Aborted when starting is given up. */
  readonly signal: AbortSignal;
  /** Called when the part ends later without having been closed. */
  readonly onDeath: (error: Error) => void;
}

/** Runs a part of the local world in a thread of its own, and waits until it is ready. */
export function startServerThread<Ready>(
  file: URL,
  workerData: unknown,
  { signal, onDeath }: Lifeline,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ServerThread<Ready>> {
  signal.throwIfAborted();
  const thread = new Worker(file, { workerData, execArgv: [], env });
  let state: 'starting' | 'ready' | 'over' = 'starting';
  const close = async (): Promise<void> => {
    state = 'over';
    await thread.terminate();
  };
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      void close().then(() => reject(signal.reason));
    };
    signal.addEventListener('abort', giveUp, { once: true });
    const end = (error: Error): void => {
      if (state === 'ready') onDeath(error);
      if (state === 'starting') reject(error);
      state = 'over';
    };
    thread.on('message', (report: Report) => {
      if ('failed' in report) {
        end(Object.assign(new Error(report.failed.message), { code: report.failed.code }));
        void thread.terminate();
      } else {
        state = 'ready';
        signal.removeEventListener('abort', giveUp);
        resolve({ ready: report.ready as Ready, close });
      }
    });
    thread.on('error', end);
    thread.on('exit', (code) => end(new Error(`its thread ended with exit code ${code}`)));
  });
}

/** Called inside the thread: runs `start` and reports what it gives, or why it failed. */
export async function reportReady(start: () => Promise<unknown> | unknown): Promise<void> {
  parentPort?.postMessage(await attempt(start));
}

async function attempt(start: () => Promise<unknown> | unknown): Promise<Report> {
  try {
    return { ready: await start() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    return { failed: code === undefined ? { message } : { message, code } };
  }
}
