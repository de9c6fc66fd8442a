import type { Sender } from '../catalogue.ts';
import type { Policy } from '../policy.ts';
import type { BridgeTable } from '../table/bridge-table.ts';
import type { Igf } from './igf.ts';

/** What a worker works with: narrow functions, so that a test passes literals. */
export interface WorkerDependencies {
  sender: Sender;
  table: BridgeTable;
  igf: Igf;
  policy: Policy;
  claimLeaseMs: number;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** In [0, 1), for jitter. */
  random: () => number;
  /** A new, unique claim token. */
  newToken: () => string;
  queue: {
    /** Makes a received message visible again after `seconds`. */
    delay(receiptHandle: string, seconds: number): Promise<void>;
    /** Puts a message into the DLQ, with these attributes. */
    park(body: string, attributes: Record<string, string>): Promise<void>;
  };
}

/** The time that this invocation has left, in milliseconds. */
export type TimeLeft = () => number;
