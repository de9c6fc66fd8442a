import type { StoredItem } from '../bridge-table.ts';
import { nameOf } from '../histories/history.ts';
import { type IgfLedger, markOf } from '../igf-ledger.ts';
import type { IgfWorld, Listing } from '../igf-world.ts';
import type { Stage } from '../play.ts';
import type { DeadLetter } from '../queues.ts';

/** Everything that a run left behind. */
export interface Found {
  /** Return items by order and name. */
  readonly returns: ReadonlyMap<string, StoredItem>;
  /** Deliveries by order and event id. */
  readonly events: ReadonlyMap<string, StoredItem>;
  /** What IGF has, by the mark of its return. */
  readonly listings: ReadonlyMap<string, readonly Listing[]>;
  readonly ledger: IgfLedger;
  readonly deadLetters: readonly DeadLetter[];
}

export const keyOf = (orderId: string, name: string): string => `${orderId} ${name}`;

export async function find(
  { table, igf, ledger }: Pick<Stage, 'table' | 'ledger'> & { igf: Pick<IgfWorld, 'listings'> },
  deadLetters: readonly DeadLetter[],
): Promise<Found> {
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
