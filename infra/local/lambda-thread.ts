import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { followClock } from './clock.ts';
import type { FromThread, LambdaThreadData, ToThread } from './execution-environment.ts';
import { errorFields, logAsLambda } from './lambda-log.ts';

/** What runs inside a function's thread: Lambda's runtime, as far as a handler can see it. */
type Handler = (event: unknown, context: Record<string, unknown>) => unknown;

const data = workerData as LambdaThreadData;
const tell = (message: FromThread): void => parentPort?.postMessage(message);
let requestId: string | undefined;

followClock(data.clock);
logAsLambda(
  data.logLevel,
  () => requestId,
  (line) => tell({ kind: 'log', line }),
);

try {
  const handler = await loadHandler(data.folder, data.handler);
  parentPort?.on('message', (invocation: ToThread) => void run(handler, invocation));
  tell({ kind: 'ready' });
} catch (error) {
  tell({ kind: 'init-failed', error: errorFields(asError(error)) });
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
    tell({ kind: 'answered', requestId: invocation.requestId, payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    tell({ kind: 'failed', requestId: invocation.requestId, error: errorFields(asError(error)) });
  }
}

/** `index.handler` is the export `handler` of `index.mjs`, `index.js` or `index.cjs`. */
async function loadHandler(folder: string, name: string): Promise<Handler> {
  const dot = name.lastIndexOf('.');
  const [module, exported] = [name.slice(0, dot), name.slice(dot + 1)];
  const file = ['.mjs', '.js', '.cjs']
    .map((ending) => join(folder, module + ending))
    .find((path) => existsSync(path));
  if (!file) throw new Error(`Cannot find module '${module}' in the function's code`);
  const found: unknown = (await import(pathToFileURL(file).href))[exported];
  if (typeof found !== 'function') throw new Error(`${name} is undefined or not exported`);
  return found as Handler;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
