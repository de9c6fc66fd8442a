import type { AdvanceDependencies } from '../actions/context.ts';
import type { IgfFact } from '../facts/facts.ts';
import { type IgfState, mergeIgfState } from '../returns/igf-state.ts';
import { isEqual } from '../returns/merge.ts';
import type { OrderSnapshot, ReturnRef } from '../returns/order.ts';
import { mergeRelatedShipments } from '../returns/related-shipments.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { IgfObject } from '../table/keys.ts';
import { ContendedError } from './record-facts.ts';
import { findRelatedShipments } from './related-shipments.ts';

type Needs = Pick<AdvanceDependencies, 'table' | 'now'>;

/** How often a fact is tried against writers of the same return. */
const mostConflicts = 12;

/** An IGF object answers to two returns: somebody pointed it by hand, or IGF gave one id twice. */
export class LinkedElsewhereError extends Error {
  override readonly name = 'LinkedElsewhereError';
}

/**
 * Points an IGF object at its return and records what waited for it. The pointer stands before what waits is read, so
 * an event that comes meanwhile finds the one or is found as the other.
 * @throws LinkedElsewhereError, ContendedError
 */
export async function linkToReturn(object: IgfObject, ref: ReturnRef, needs: Needs): Promise<void> {
  if ((await needs.table.point(object, ref)) === 'other') {
    throw new LinkedElsewhereError(`${object.kind} ${object.id} belongs to another return`);
  }
  await recordWaiting(object, ref, needs);
}

/**
 * Records what waited for an object that points to a return. Whoever pointed it may have died before doing so.
 * @throws ContendedError
 */
export async function recordWaiting(object: IgfObject, ref: ReturnRef, needs: Needs): Promise<void> {
  const { table, now } = needs;
  const waiting = await table.readWaiting(object, new Date(now()).toISOString());
  if (waiting.length > 0) await recordIgfFacts(ref, waiting, needs);
}

/** A return with what IGF told laid over what it told before. Pure. */
export function withIgfFacts(item: ReturnItem, facts: readonly IgfFact[]): ReturnItem & { igf: IgfState } {
  const igf = facts.reduce(mergeIgfState, item.igf ?? { events: [] });
  return { ...item, igf, igfOrderId: igf.order?.id, igfShipmentId: igf.shipment?.id };
}

/**
 * Records what IGF told on its return, and answers the order's story as read afterwards.
 * @throws ContendedError
 */
export async function recordIgfFacts(
  ref: ReturnRef,
  facts: readonly IgfFact[],
  { table, now }: Needs,
): Promise<OrderSnapshot> {
  const lastUpdateAt = new Date(now()).toISOString();
  for (let conflicts = 0; conflicts <= mostConflicts; conflicts += 1) {
    const order = await table.readOrder(ref.orderId);
    const item = order.returns.find(({ rmaId, itemId }) => rmaId === ref.rmaId && itemId === ref.itemId);
    if (!item) return order;
    const told = withIgfFacts(item, facts);
    const { igf } = told;
    if (isEqual(igf, item.igf)) return order;
    const relatedShipments = mergeRelatedShipments(
      item.relatedShipments,
      await findRelatedShipments(item, igf, { table, now }),
    );
    const content = { ...told, lastUpdateAt, relatedShipments };
    if ((await table.write({ kind: 'return', content })) === 'written') return table.readOrder(ref.orderId);
  }
  throw new ContendedError('the return was written at every attempt to record what IGF told');
}
