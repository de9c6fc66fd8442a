import type { IgfFact } from '../facts/igf-facts.ts';
import { IgfPathError, isRefusal } from '../igf/errors.ts';
import type { Igf } from '../igf/worker-igf.ts';
import { withoutUndefined } from '../returns/igf-state.ts';
import type { ReturnRef } from '../returns/order.ts';
import { isoTime } from '../runtime/time.ts';
import type { BridgeTable } from '../table/bridge-table.ts';
import type { WaitingEvent } from '../table/igf-pointers.ts';
import type { IgfObject } from '../table/keys.ts';
import { orderFact, shipmentFact } from '../webhooks/igf/facts.ts';
import type { RecordDependencies } from './record-facts.ts';

/** The IGF objects that a fact names, the most specific first. Each of them may have a pointer to the return. */
export const objectsOf = ({ igfShipmentId, igfOrderId, listingId }: IgfFact): IgfObject[] =>
  [
    { kind: 'SHIPMENT' as const, id: igfShipmentId },
    { kind: 'ORDER' as const, id: igfOrderId },
    { kind: 'LISTING' as const, id: listingId },
  ].flatMap(({ kind, id }) => (id === undefined ? [] : [{ kind, id }]));

export interface Located {
  ref: ReturnRef;
  /** The fact, completed by the ids that were found. */
  fact: IgfFact;
  found: IgfObject;
  /** The events that came before the pointer of `found`. The attempt that wrote it may have crashed. */
  waiting: WaitingEvent[];
  /** The objects without a pointer, to be linked in this order: after a crash the next attempt continues. */
  unlinked: IgfObject[];
}

async function followPointers(fact: IgfFact, table: BridgeTable): Promise<Located | undefined> {
  const unlinked: IgfObject[] = [];
  for (const object of objectsOf(fact)) {
    const { ref, waiting } = await table.readPointer(object);
    if (ref) return { ref, fact, found: object, waiting, unlinked };
    unlinked.unshift(object);
  }
  return undefined;
}

/** IGF's answer, or undefined when IGF has no such object or its path differs from the document. */
async function orNothing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof IgfPathError || isRefusal(error)) return undefined;
    throw error;
  }
}

/**
 * Completes the ids of a fact: a shipment at IGF names its order, and an order names its listing.
 * @throws IgfError when IGF gives no answer
 */
async function completeIds(fact: IgfFact, igf: Igf): Promise<IgfFact> {
  let known = fact;
  if (known.listingId === undefined && known.igfOrderId === undefined && known.igfShipmentId !== undefined) {
    const shipment = await orNothing(igf.shipments.get(known.igfShipmentId));
    if (shipment) known = { ...shipmentFact(shipment), ...withoutUndefined(known) };
  }
  if (known.listingId === undefined && known.igfOrderId !== undefined) {
    const order = await orNothing(igf.orders.get(known.igfOrderId));
    if (order) {
      const reported = orderFact(order);
      known = { ...known, listingId: reported.listingId, order: reported.order };
    }
  }
  return known;
}

/**
 * Finds the return of an event, or keeps the event for the worker that will write the pointer. When the pointer was
 * written meanwhile, nothing is kept, and the return is found after all.
 * @returns undefined while the event waits
 * @throws IgfError when IGF gives no answer
 */
export async function locateReturn(
  fact: IgfFact,
  waitingId: string,
  { table, igf, now }: RecordDependencies & { igf: Igf },
): Promise<Located | undefined> {
  const located = await followPointers(fact, table);
  if (located) return located;
  const complete = await completeIds(fact, igf);
  const object = objectsOf(complete).at(-1);
  if (!object) return undefined;
  const kept = await table.keepWaiting(object, { eventId: waitingId, fact: complete }, isoTime(now()));
  return kept === 'linked' ? followPointers(complete, table) : undefined;
}
