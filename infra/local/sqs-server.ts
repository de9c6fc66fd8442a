import type { Clock } from './clock.ts';
import { asPortUnavailable } from './listen.ts';
import { type Lifeline, startServerThread } from './server-thread.ts';

export interface SqsThreadOptions {
  readonly port: number;
  readonly region: string;
  readonly clock: Clock;
}

export interface SqsServer {
  /** Such as `http://127.0.0.1:4566`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts SQS (`fauxqs`) in a thread of its own, where the clock of the local world rules: visibility timeouts, delays,
 * ages and receive times scale by themselves, and its polling never waits for the work of other parts.
 * @throws PortUnavailable
 */
export async function startSqs(options: SqsThreadOptions, lifeline: Lifeline): Promise<SqsServer> {
  try {
    const file = new URL('./sqs-thread.ts', import.meta.url);
    const thread = await startServerThread<string>(file, options, lifeline);
    return { url: thread.ready, close: thread.close };
  } catch (error) {
    throw asPortUnavailable(error, 'sqs', options.port);
  }
}
