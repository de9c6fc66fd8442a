import type { LocalServer } from '../../infra/local/listen.ts';
import { type LifecycleHooks, startServerThread } from '../../infra/local/server-thread.ts';
import { type SqsOptions, serveSqs } from '../../infra/local/sqs.ts';

/** That of stage `local`. */
export const region = 'eu-central-1';

/**
 * SQS in a thread of its own, as the local runtime has it, for tests that hand over message by message. A receive that
 * finds nothing answers at once, whatever time it would wait: the tests send nothing meanwhile.
 */
export const startBriskSqs = (options: SqsOptions, hooks: LifecycleHooks): Promise<LocalServer> =>
  startServerThread(import.meta.url, serveBriskSqs, options, hooks);

/** Runs inside the thread, which imports it by its name. @public */
export async function serveBriskSqs(options: SqsOptions) {
  const { SqsQueue } = await import(new URL('./sqs/sqsStore.js', import.meta.resolve('fauxqs')).href);
  if (typeof SqsQueue?.prototype.waitForMessages !== 'function') throw new Error('fauxqs waits elsewhere.');
  SqsQueue.prototype.waitForMessages = async (): Promise<void> => {};
  return serveSqs(options);
}
