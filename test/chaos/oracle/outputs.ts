import type { IgfListing } from '../igf-control.ts';
import { type IgfLedger, markOf } from '../igf-ledger.ts';
import type { DeadLetter } from '../queues.ts';
import type { World } from '../run-scenario.ts';
import { nameOf } from '../scenarios/scenario.ts';
import type { StoredItem } from '../table-reader.ts';

/** What a run left in the table, at IGF and in the DLQs. */
export interface Outputs {
  /** Return items by order and name. */
  readonly returns: ReadonlyMap<string, StoredItem>;
  /** Deliveries by order and event id. */
  readonly events: ReadonlyMap<string, StoredItem>;
  /** The listings at IGF, by the mark of their return. */
  readonly listings: ReadonlyMap<string, readonly IgfListing[]>;
  readonly ledger: IgfLedger;
  readonly deadLetters: readonly DeadLetter[];
}

export const keyOf = (orderId: string, name: string): string => `${orderId} ${name}`;

export async function readOutputs(
  { table, igf, ledger }: Pick<World, 'table' | 'igf' | 'ledger'>,
  deadLetters: readonly DeadLetter[],
): Promise<Outputs> {
  const returns = new Map<string, StoredItem>();
  const events = new Map<string, StoredItem>();
  for (const item of await table.orders()) {
    const orderId = item.pk.slice('ORDER#'.length);
    const [kind, one = '', other = ''] = item.sk.split('#');
    if (kind === 'RETURN') returns.set(keyOf(orderId, nameOf({ rmaId: one, itemId: other })), item);
    if (kind === 'EVENT') events.set(keyOf(orderId, one), item);
  }
  const listings = Map.groupBy(await igf.listings(), ({ returnReasonComment }) =>
    markOf(returnReasonComment),
  );
  return { returns, events, listings, ledger, deadLetters };
}
