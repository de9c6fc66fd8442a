import type { IgfFact } from '../facts/igf-facts.ts';
import { mergeIgfState } from '../returns/igf-state.ts';
import { isEqual } from '../returns/merge.ts';
import { type OrderSnapshot, type ReturnRef, withReturn } from '../returns/order.ts';
import type { EarlierListing, ReturnItem } from '../returns/return-item.ts';
import { isoTime } from '../runtime/time.ts';
import type { WaitingEvent } from '../table/igf-pointers.ts';
import type { IgfObject } from '../table/keys.ts';
import { updateReturn } from '../table/optimistic-update.ts';
import type { RecordDependencies, WithDecision } from './record-facts.ts';
import { findRelatedShipments, mergeRelatedShipments } from './related-shipments.ts';

/** An IGF object seems to belong to two returns. Either a person changed its pointer, or IGF gave one id twice. */
export class LinkedElsewhereError extends Error {
  override readonly name = 'LinkedElsewhereError';
}

/**
 * Writes the pointer from an IGF object to its return, then records the events that came before.
 * @throws LinkedElsewhereError, ContendedError
 */
export async function linkToReturn(
  object: IgfObject,
  ref: ReturnRef,
  dependencies: RecordDependencies,
): Promise<void> {
  const waiting = await dependencies.table.point(object, ref);
  if (waiting === 'other') {
    throw new LinkedElsewhereError(`${object.kind} ${object.id} belongs to another return`);
  }
  await recordWaiting(object, ref, waiting, dependencies);
}

/**
 * Records the waiting events of an object, and ends their wait. After a crash in between, the next attempt or event
 * finds them still there, and recording them again changes nothing. @throws ContendedError
 */
export async function recordWaiting(
  object: IgfObject,
  ref: ReturnRef,
  waiting: readonly WaitingEvent[],
  dependencies: RecordDependencies,
): Promise<void> {
  if (waiting.length === 0) return;
  const facts = waiting.map(({ fact }) => fact);
  await recordIgfFacts(ref, facts, dependencies);
  await dependencies.table.endWaiting(object, waiting);
}

/** Whether a fact concerns an earlier listing, by any of its ids. */
const concerns = (fact: IgfFact, { listingId, igfOrderId, igfShipmentId }: EarlierListing): boolean =>
  fact.listingId === listingId ||
  (fact.igfOrderId !== undefined && fact.igfOrderId === igfOrderId) ||
  (fact.igfShipmentId !== undefined && fact.igfShipmentId === igfShipmentId);

/** Merges facts from IGF into a return. Facts of its earlier listings change nothing. Pure. */
function withIgfFacts(item: ReturnItem, facts: readonly IgfFact[]): ReturnItem {
  let { earlierListings = [], igf } = item;
  for (const fact of facts) {
    const isEarlier = earlierListings.some((earlier) => concerns(fact, earlier));
    if (!isEarlier) igf = mergeIgfState(igf, fact);
    earlierListings = earlierListings.map((earlier) => {
      if (!concerns(fact, earlier)) return earlier;
      // A later event may name only the order or the shipment.
      const { igfOrderId = earlier.igfOrderId, igfShipmentId = earlier.igfShipmentId } = fact;
      return { ...earlier, igfOrderId, igfShipmentId };
    });
  }
  return {
    ...item,
    ...(item.earlierListings && { earlierListings }),
    ...(igf && { igf, igfOrderId: igf.order?.id, igfShipmentId: igf.shipment?.id }),
  };
}

/** Records facts from IGF on their return. @returns the return's order as read afterwards @throws ContendedError */
export const recordIgfFacts = (
  ref: ReturnRef,
  facts: readonly IgfFact[],
  dependencies: RecordDependencies & { withDecision?: WithDecision },
): Promise<OrderSnapshot> =>
  updateReturn(
    ref,
    async (item, order) => {
      const next = withIgfFacts(item, facts);
      if (isEqual(next.igf, item.igf) || !next.igf) return next;
      const found = await findRelatedShipments(item, next.igf, dependencies);
      const relatedShipments = mergeRelatedShipments(item.relatedShipments, found);
      const news = { ...next, relatedShipments, lastUpdateAt: isoTime(dependencies.now()) };
      return dependencies.withDecision?.(withReturn(order, news), news) ?? news;
    },
    dependencies.table,
  );

/** Orders and shipments at IGF that have no pointer to the return yet. Their events would not find the return. */
function newObjects(facts: readonly IgfFact[], item: ReturnItem): IgfObject[] {
  const orders = facts.flatMap(({ order }) => order?.id ?? []).filter((id) => id !== item.igfOrderId);
  const shipments = facts.flatMap(({ shipment }) => shipment?.id ?? []);
  return [
    ...[...new Set(orders)].map((id) => ({ kind: 'ORDER' as const, id })),
    ...shipments.filter((id) => id !== item.igfShipmentId).map((id) => ({ kind: 'SHIPMENT' as const, id })),
  ];
}

/** Records answers as if events had reported them. @returns the order afterwards @throws as `linkToReturn` */
export async function recordAnswers(
  item: ReturnItem,
  facts: readonly IgfFact[],
  dependencies: RecordDependencies,
): Promise<OrderSnapshot> {
  for (const object of newObjects(facts, item)) await linkToReturn(object, item, dependencies);
  return recordIgfFacts(item, facts, dependencies);
}
