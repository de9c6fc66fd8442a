import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import type { LocalServer } from '../../infra/local/listen.ts';
import { readEngine } from '../../infra/local/options.ts';
import { type LifecycleHooks, startAll } from '../../infra/local/server-thread.ts';
import { region, startBriskSqs } from './brisk-sqs.ts';

/** Where jest's workers find the servers that all test files share. */
export const shared = { dynamodb: 'SHARED_DYNAMODB_URL', sqs: 'SHARED_SQS_URL' };

let servers: readonly LocalServer[] = [];

/**
 * Run by jest before the first test that may use them. One table engine and one SQS serve every test file: a start of
 * each took most of the time of a small file. Every stack has names of its own.
 * @throws UsageError for another value of DYNAMODB, and Error when no Java is found that can run it: each one line
 */
export default async function start(): Promise<void> {
  const engine = readEngine(process.env.DYNAMODB);
  const onUnexpectedExit = (error: Error): void => console.error(error);
  const hooksOf = (signal: AbortSignal): LifecycleHooks => ({ signal, onUnexpectedExit });
  const [dynamodb, sqs] = await startAll(new AbortController().signal, (signal) => [
    startDynamoDb({ engine, port: 0 }, hooksOf(signal)),
    startBriskSqs({ port: 0, region, clock: { startedAt: Date.now(), speed: 1 } }, hooksOf(signal)),
  ]);
  servers = [dynamodb, sqs];
  process.env[shared.dynamodb] = dynamodb.url;
  process.env[shared.sqs] = sqs.url;
}

/** Run by jest after all tests. */
export async function stop(): Promise<void> {
  for (const server of servers) await server[Symbol.asyncDispose]();
}
