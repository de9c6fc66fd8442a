import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { type Clock, followClock } from './clock.ts';
import { type ErrorFields, errorFields, logAsLambda } from './lambda-log.ts';

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

export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'init-failed'; readonly error: ErrorFields }
  | { readonly kind: 'answered'; readonly payload: unknown }
  | { readonly kind: 'failed'; readonly error: ErrorFields }
  | { readonly kind: 'log'; readonly line: string };

/** What runs inside a function's thread: Lambda's runtime, as far as a handler can see it. */
type Handler = (event: unknown, context: Record<string, unknown>) => unknown;

const data = workerData as LambdaThreadData;
const send = (message: FromThread): void => parentPort?.postMessage(message);
let requestId: string | undefined;
// It served the start of this thread. A function sees its own variables only.
delete process.env.NODE_COMPILE_CACHE;

followClock(data.clock);
logAsLambda(
  data.logLevel,
  () => requestId,
  (line) => send({ kind: 'log', line }),
);

try {
  const handler = await loadHandler(data.folder, data.handler);
  parentPort?.on('message', (invocation: ToThread) => void run(handler, invocation));
  send({ kind: 'ready' });
  // A thread is often ended before Node would write it.
  flushCompileCache();
} catch (error) {
  send({ kind: 'init-failed', error: errorFields(asError(error)) });
}

async function run(handler: Handler, invocation: ToThread): Promise<void> {
  requestId = invocation.requestId;
  const endsAt = performance.now() + invocation.timeoutMs;
  try {
    const result = await handler(invocation.event, {
      ...data.context,
      awsRequestId: invocation.requestId,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, Math.round(endsAt - performance.now())),
    });
    send({ kind: 'answered', payload: JSON.parse(JSON.stringify(result) ?? 'null') });
  } catch (error) {
    send({ kind: 'failed', error: errorFields(asError(error)) });
  }
}

/** `index.handler` is the export `handler` of `index.mjs`. */
async function loadHandler(folder: string, name: string): Promise<Handler> {
  const [module, exported = ''] = name.split('.');
  const found: unknown = (await import(pathToFileURL(join(folder, `${module}.mjs`)).href))[exported];
  if (typeof found !== 'function') throw new Error(`${name} is undefined or not exported`);
  return found as Handler;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
