import type { ListingAtIgf } from '../igf-control.ts';
import { type IgfLedger, markOf, returnOf } from '../igf-ledger.ts';
import type { DlqMessage } from '../queues.ts';
import type { ChaosWorld } from '../run-scenario.ts';
import { nameOf } from '../scenarios/scenario.ts';
import type { BridgeItem } from '../table-reader.ts';

/** What a run left in the table, at IGF and in the DLQs. */
export interface Outputs {
  /** Return items by order and name. */
  readonly returns: ReadonlyMap<string, BridgeItem>;
  /** Deliveries by order and event id. */
  readonly events: ReadonlyMap<string, BridgeItem>;
  /** The listings at IGF, by the name of their return. */
  readonly listings: ReadonlyMap<string, readonly ListingAtIgf[]>;
  readonly ledger: IgfLedger;
  readonly deadLetters: readonly DlqMessage[];
}

export const outputKey = (orderId: string, name: string): string => `${orderId} ${name}`;

export async function readOutputs(
  { table, igf, ledger }: Pick<ChaosWorld, 'table' | 'igf' | 'ledger'>,
  deadLetters: readonly DlqMessage[],
): Promise<Outputs> {
  const returns = new Map<string, BridgeItem>();
  const events = new Map<string, BridgeItem>();
  for (const item of await table.orders()) {
    const orderId = item.pk.slice('ORDER#'.length);
    const [kind, one = '', other = ''] = item.sk.split('#');
    if (kind === 'RETURN') returns.set(outputKey(orderId, nameOf({ rmaId: one, itemId: other })), item);
    if (kind === 'EVENT') events.set(outputKey(orderId, one), item);
  }
  const listings = Map.groupBy(await igf.listings(), ({ returnReasonComment }) =>
    returnOf(markOf(returnReasonComment)),
  );
  return { returns, events, listings, ledger, deadLetters };
}
