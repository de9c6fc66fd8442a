import type { Policy } from '../config/policy.ts';
import type { Circuit } from '../igf/circuit-breaker.ts';
import type { Igf } from '../igf/worker-igf.ts';
import type { Notice } from '../returns/notice.ts';
import type { RetailerRules } from '../returns/retailer-rules.ts';
import type { BridgeTable } from '../table/bridge-table.ts';
import type { Sender } from '../webhooks/catalogue.ts';

/** What advancing an order needs: narrow functions, so that a test passes literals. */
export interface AdvanceDependencies {
  table: BridgeTable;
  igf: Igf;
  /** Says while IGF is not called because it is down; absent where nothing watches that. */
  circuit?: Pick<Circuit, 'refusal'> | undefined;
  policy: Policy;
  /** What the merchant has configured at IGF, where it is known; never fails. */
  retailer?: (() => Promise<RetailerRules | undefined>) | undefined;
  claimLeaseMs: number;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** A new, unique claim token. */
  newToken: () => string;
  /** Tells the people who look after returns; resolves once it is surely on its way to them. */
  notify(notice: Notice): Promise<void>;
}

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

/** The time that this invocation has left, in milliseconds. */
export type TimeLeft = () => number;
