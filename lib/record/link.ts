import type { IgfFact } from '../facts/facts.ts';
import { type AtIgf, mergeAtIgf } from '../returns/igf-state.ts';
import { same } from '../returns/is-equal.ts';
import type { Story } from '../returns/order.ts';
import { mergeParcels } from '../returns/related-shipments.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { ReturnRef } from '../table/igf-pointers.ts';
import type { IgfObject } from '../table/keys.ts';
import type { AdvanceDependencies } from '../worker/dependencies.ts';
import { ContendedError } from './record-facts.ts';
import { findParcels } from './related-shipments.ts';

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
  if (waiting.length > 0) await recordAtIgf(ref, waiting, needs);
}

/** A return with what IGF told laid over what it told before. Pure. */
export function withIgfFacts(item: ReturnItem, facts: readonly IgfFact[]): ReturnItem & { igf: AtIgf } {
  const igf = facts.reduce(mergeAtIgf, item.igf ?? { events: [] });
  return { ...item, igf, igfOrderId: igf.order?.id, igfShipmentId: igf.shipment?.id };
}

/**
 * Records what IGF told on its return, and answers the order's story as read afterwards.
 * @throws ContendedError
 */
export async function recordAtIgf(
  ref: ReturnRef,
  facts: readonly IgfFact[],
  { table, now }: Needs,
): Promise<Story> {
  const heardAt = new Date(now()).toISOString();
  for (let conflicts = 0; conflicts <= mostConflicts; conflicts += 1) {
    const story = await table.readStory(ref.orderId);
    const item = story.returns.find(({ rmaId, itemId }) => rmaId === ref.rmaId && itemId === ref.itemId);
    if (!item) return story;
    const told = withIgfFacts(item, facts);
    const { igf } = told;
    if (same(igf, item.igf)) return story;
    const parcels = mergeParcels(item.parcels, await findParcels(item, igf, { table, now }));
    const content = { ...told, heardAt, parcels };
    if ((await table.write({ kind: 'return', content })) === 'written') return table.readStory(ref.orderId);
  }
  throw new ContendedError('the return was written at every attempt to record what IGF told');
}
