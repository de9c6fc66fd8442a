import { startDynamoDbLocal } from './dynamodb-local.ts';
import { asPortUnavailable, host } from './listen.ts';
import type { DynamoDbEngine } from './options.ts';
import { type Lifeline, startServerThread } from './server-thread.ts';

export interface DynamoDbServer {
  /** Such as `http://127.0.0.1:8000`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts the engine that speaks DynamoDB's protocol.
 * @throws PortUnavailable, or WrongOption where DynamoDB Local is wanted and finds no Java.
 */
export async function startDynamoDb(
  { engine, port }: { readonly engine: DynamoDbEngine; readonly port: number },
  lifeline: Lifeline,
): Promise<DynamoDbServer> {
  try {
    const server =
      engine === 'dynalite' ? await startDynalite(port, lifeline) : await startDynamoDbLocal(port, lifeline);
    return { url: `http://${host}:${server.port}`, close: server.close };
  } catch (error) {
    throw asPortUnavailable(error, 'dynamodb', port);
  }
}

async function startDynalite(
  port: number,
  lifeline: Lifeline,
): Promise<{ port: number; close(): Promise<void> }> {
  const thread = await startServerThread<number>(
    new URL('./dynalite-thread.ts', import.meta.url),
    { port },
    lifeline,
  );
  return { port: thread.ready, close: thread.close };
}
