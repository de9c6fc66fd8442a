import { host } from '../local-services.ts';
import { startDynamoDbLocal } from './dynamodb-local.ts';
import { asPortUnavailable, type LocalServer, listen } from './listen.ts';
import { type LifecycleHooks, startServerThread } from './server-thread.ts';

export type DynamoDbEngine = 'dynalite' | 'dynamodb-local';

/**
 * Starts the engine that speaks DynamoDB's protocol.
 * @throws PortUnavailable, or an Error with one line when DynamoDB Local is wanted and no Java can run it
 */
export async function startDynamoDb(
  { engine, port }: { readonly engine: DynamoDbEngine; readonly port: number },
  hooks: LifecycleHooks,
): Promise<LocalServer> {
  try {
    if (engine === 'dynamodb-local') return await startDynamoDbLocal(port, hooks);
    // In a thread of its own: a very deep item kills dynalite, and must not take the whole local runtime along unnamed.
    const thread = await startServerThread(import.meta.url, serveDynalite, { port }, hooks);
    return { url: `http://${host}:${thread.ready}`, [Symbol.asyncDispose]: thread[Symbol.asyncDispose] };
  } catch (error) {
    throw asPortUnavailable(error, 'dynamodb', port);
  }
}

/** Runs inside the thread, which imports it by its name. @returns the port @public */
export async function serveDynalite({ port }: { readonly port: number }): Promise<number> {
  const { default: dynalite } = await import('dynalite');
  return listen(dynalite({ createTableMs: 0 }), port);
}
