import type { Rejection } from '../ingest/rejection.ts';
import { optimisticUpdate } from '../table/optimistic-update.ts';
import { mergeRejection, type RejectedDelivery, type Resolution } from './rejected-delivery.ts';
import type { RejectedItems } from './rejected-items.ts';

type Items = Pick<RejectedItems, 'read' | 'write'>;

/**
 * Stores one delivery that was answered 406, or counts it on the item with the same id.
 * @returns the stored item
 * @throws ContendedError
 */
export async function storeRejection(rejection: Rejection, items: Items): Promise<RejectedDelivery> {
  const { state, written } = await optimisticUpdate({
    read: () => items.read(rejection.id),
    change: (known) => {
      const next = mergeRejection(known, rejection);
      return next === known ? undefined : next;
    },
    write: items.write,
  });
  return written ?? mergeRejection(state, rejection);
}

/**
 * Records that nobody has to look at a rejected delivery any more. The first resolution stays, even if the
 * sender delivers it again and it is rejected again, because its content is safe.
 * @throws ContendedError
 */
export async function resolveRejection(id: string, resolution: Resolution, items: Items): Promise<void> {
  await optimisticUpdate({
    read: () => items.read(id),
    change: (known) => (known && !known.resolution ? { ...known, resolution } : undefined),
    write: items.write,
  });
}
