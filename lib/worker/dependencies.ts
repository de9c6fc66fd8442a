import type { AdvanceDependencies } from '../actions/context.ts';
import type { Sender } from '../webhooks/catalogue.ts';

/** What a worker works with. */
export interface WorkerDependencies extends AdvanceDependencies {
  sender: Sender;
  /** In [0, 1), for jitter. */
  random: () => number;
  queue: {
    /** Makes a received message visible again after `seconds`. */
    delay(receiptHandle: string, seconds: number): Promise<void>;
    /** Puts a message into the DLQ, with these attributes and in the group that it was in. */
    park(body: string, attributes: Record<string, string>, groupId: string | undefined): Promise<void>;
  };
}
