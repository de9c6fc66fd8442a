import { isEqual } from '../returns/merge.ts';
import { type OrderSnapshot, type ReturnRef, returnIn } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { Entity } from './order-items.ts';
import type { Orders } from './orders.ts';

/** Other workers wrote the same item at every attempt. A later attempt at the whole message will find them gone. */
export class ContendedError extends Error {
  override readonly name = 'ContendedError';
}

/** How often a change is tried against other writers. */
const mostAttempts = 13;

export interface OptimisticUpdate<State, Change> {
  /** Strongly consistent. */
  read(): Promise<State>;
  /** What to write, made from what was read; undefined when there is nothing to write. */
  change(state: State): Change | undefined | Promise<Change | undefined>;
  /** Writes under the condition that nobody has written since `read`. */
  write(change: Change): Promise<'written' | 'changed'>;
}

/**
 * Reads, changes and writes, and starts again when somebody else has written meanwhile.
 * @returns what was read last, and what was written, if anything
 * @throws ContendedError
 */
export async function optimisticUpdate<State, Change>({
  read,
  change,
  write,
}: OptimisticUpdate<State, Change>): Promise<{ state: State; written?: Change }> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const state = await read();
    const next = await change(state);
    if (next === undefined) return { state };
    if ((await write(next)) === 'written') return { state, written: next };
  }
  throw new ContendedError(`others have written the same item at each of ${mostAttempts} attempts`);
}

type OrderTable = Pick<Orders, 'readOrder' | 'write'>;

/**
 * Writes what `change` makes of an order, whoever else writes the order meanwhile.
 * @param change the entities to write, each made from the one that was read; none when there is nothing to write.
 * It runs again after a conflict, and then finds what it has already written.
 * @returns the order as read after the last write, so it contains everything that others wrote before that, and how
 * many entities were written
 * @throws ContendedError
 */
export async function updateOrder(
  orderId: string,
  change: (order: OrderSnapshot) => readonly Entity[] | Promise<readonly Entity[]>,
  table: OrderTable,
): Promise<{ order: OrderSnapshot; written: number }> {
  let written = 0;
  const { state, written: last } = await optimisticUpdate({
    read: () => table.readOrder(orderId),
    change: async (order) => {
      const entities = await change(order);
      return entities.length > 0 ? entities : undefined;
    },
    write: async (entities) => {
      for (const entity of entities) {
        if ((await table.write(entity)) === 'changed') return 'changed';
        written += 1;
      }
      return 'written';
    },
  });
  // When the last round wrote nothing, what it read is already younger than every write.
  return { order: last ? await table.readOrder(orderId) : state, written };
}

/**
 * Writes what `change` makes of a return, whoever else writes it meanwhile. Nothing is written when there is no such
 * return, and when `change` answers undefined or the same content.
 * @returns the return's order as read after the last write
 * @throws ContendedError
 */
export async function updateReturn(
  ref: ReturnRef,
  change: (item: ReturnItem) => ReturnItem | undefined | Promise<ReturnItem | undefined>,
  table: OrderTable,
): Promise<OrderSnapshot> {
  const { order } = await updateOrder(
    ref.orderId,
    async (known) => {
      const item = returnIn(known, ref);
      const content = item && (await change(item));
      return content && !isEqual(content, item) ? [{ kind: 'return', content }] : [];
    },
    table,
  );
  return order;
}
