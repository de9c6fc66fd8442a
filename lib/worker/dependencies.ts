import type { AdvanceDependencies } from '../actions/context.ts';
import type { Sender } from '../webhooks/catalogue.ts';

/** Everything that a worker needs. */
export interface WorkerDependencies extends AdvanceDependencies {
  sender: Sender;
  /** In [0, 1), for jitter. */
  random: () => number;
  queue: {
    /** Makes a received message visible again after `seconds`. */
    delay(receiptHandle: string, seconds: number): Promise<void>;
    /** Sends a message to the DLQ, with these attributes and in its original message group. */
    park(body: string, attributes: Record<string, string>, groupId: string | undefined): Promise<void>;
  };
}
