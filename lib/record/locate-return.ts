import * as z from 'zod/mini';
import type { IgfFact } from '../facts/igf-facts.ts';
import { IgfPathError, isRefusal } from '../igf/errors.ts';
import type { ReturnRef } from '../returns/order.ts';
import type { IgfObject } from '../table/keys.ts';
import { orderFact, shipmentFact } from '../webhooks/igf/facts.ts';
import { OrderEvent, ShipmentEvent } from '../webhooks/igf/payloads.ts';
import type { WorkerDependencies } from '../worker/dependencies.ts';

type Needs = Pick<WorkerDependencies, 'table' | 'igf' | 'now'>;

/** The objects that a fact is about, the most specific first: each may be what points to the return. */
export function objectsOf({ igfShipmentId, igfOrderId, listingId }: IgfFact): IgfObject[] {
  return [
    ...(igfShipmentId === undefined ? [] : [{ kind: 'SHIPMENT' as const, id: igfShipmentId }]),
    ...(igfOrderId === undefined ? [] : [{ kind: 'ORDER' as const, id: igfOrderId }]),
    ...(listingId === undefined ? [] : [{ kind: 'LISTING' as const, id: listingId }]),
  ];
}

/** The return that a fact belongs to. */
export interface Located {
  ref: ReturnRef;
  /** The fact with all ids that were found. */
  fact: IgfFact;
  /** What points to the return. */
  found: IgfObject;
  /**
   * Objects that should, from the found one on: who links them in this order and dies in between is found by what has a
   * pointer, and goes on with what has none.
   */
  unlinked: IgfObject[];
}

/** Finds the return of a fact by pointers alone. */
async function followPointers(fact: IgfFact, { table }: Needs): Promise<Located | undefined> {
  const unlinked: IgfObject[] = [];
  for (const object of objectsOf(fact)) {
    const ref = await table.findReturn(object);
    if (ref) return { ref, fact, found: object, unlinked };
    unlinked.unshift(object);
  }
  return undefined;
}

/** What IGF answers, or `undefined` when it has no such thing or its path is not as expected. */
async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof IgfPathError || isRefusal(error)) return undefined;
    throw error;
  }
}

/**
 * Completes the ids of a fact by asking IGF for its shipment and its order, up to the listing.
 * @throws IgfError when IGF could not be asked.
 */
export async function askForIds(fact: IgfFact, { igf }: Needs): Promise<IgfFact> {
  let known = fact;
  if (known.listingId === undefined && known.igfOrderId === undefined && known.igfShipmentId !== undefined) {
    const shipment = await orNothing(igf.shipments.get(known.igfShipmentId));
    if (shipment) known = { ...shipmentFact(z.parse(ShipmentEvent, shipment)), ...withoutUnknown(known) };
  }
  if (known.listingId === undefined && known.igfOrderId !== undefined) {
    const order = await orNothing(igf.orders.get(known.igfOrderId));
    if (order) {
      const told = orderFact(z.parse(OrderEvent, order));
      known = { ...known, listingId: told.listingId, order: told.order };
    }
  }
  return known;
}

const withoutUnknown = (fact: IgfFact): IgfFact =>
  Object.fromEntries(Object.entries(fact).filter(([, value]) => value !== undefined)) as unknown as IgfFact;

/**
 * Finds the return that an event belongs to, or keeps the event until its return is linked. The event is written as
 * waiting before the pointer is read for the last time: a linker that writes its pointer meanwhile finds it waiting.
 * @returns `undefined` while it waits
 */
export async function locateReturn(
  fact: IgfFact,
  waitingId: string,
  needs: Needs,
): Promise<Located | undefined> {
  const known = await followPointers(fact, needs);
  if (known) return known;
  const complete = await askForIds(fact, needs);
  const object = objectsOf(complete).at(-1);
  if (!object) return undefined;
  const at = new Date(needs.now()).toISOString();
  await needs.table.keepWaiting(object, { eventId: waitingId, fact: complete, at });
  return followPointers(complete, needs);
}
