import { isEqual } from '../returns/merge.ts';
import { type OrderSnapshot, type ReturnRef, returnIn } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { Entity } from './entity.ts';
import type { Orders } from './orders.ts';

/** Other workers wrote the same item at every attempt. The message is worth another attempt later. */
export class ContendedError extends Error {
  override readonly name = 'ContendedError';
}

/** How often a change is attempted while other workers write. */
const mostAttempts = 13;

/**
 * Reads, changes and writes, and starts again when somebody else has written meanwhile.
 * @param read strongly consistent
 * @param change makes the content to write from the read content; undefined when there is nothing to write
 * @param write on condition that nobody has written since `read`
 * @returns the last read content, and the written content, if any
 * @throws ContendedError
 */
export async function optimisticUpdate<State, Change>({
  read,
  change,
  write,
}: {
  read(): Promise<State>;
  change(state: State): Change | undefined | Promise<Change | undefined>;
  write(change: Change): Promise<'written' | 'changed'>;
}): Promise<{ state: State; written?: Change }> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const state = await read();
    const next = await change(state);
    if (next === undefined) return { state };
    if ((await write(next)) === 'written') return { state, written: next };
  }
  throw new ContendedError(`other workers have written the same item at each of ${mostAttempts} attempts`);
}

type OrderTable = Pick<Orders, 'readOrder' | 'write'>;

/**
 * Changes an order, also while other workers write it.
 * @param change the entities to write, each made from the one that was read. It runs again after a conflict, and then
 * finds what it has already written.
 * @returns the order as read after the last write, and how many entities were written
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
  // When the last round wrote nothing, its read came after every write.
  return { order: last ? await table.readOrder(orderId) : state, written };
}

/**
 * Changes a return, also while other workers write it. Writes nothing when it is gone or stays the same.
 * @returns the return's order as read after the last write
 * @throws ContendedError
 */
export async function updateReturn(
  ref: ReturnRef,
  change: (
    item: ReturnItem,
    order: OrderSnapshot,
  ) => ReturnItem | undefined | Promise<ReturnItem | undefined>,
  table: OrderTable,
): Promise<OrderSnapshot> {
  const { order } = await updateOrder(
    ref.orderId,
    async (known) => {
      const item = returnIn(known, ref);
      const content = item && (await change(item, known));
      return content && !isEqual(content, item) ? [{ kind: 'return', content }] : [];
    },
    table,
  );
  return order;
}
