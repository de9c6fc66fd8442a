import * as z from 'zod/mini';
import type { IgfFact } from '../facts/igf-facts.ts';
import { ReturnRef, refOf } from '../returns/order.ts';
import { epochSeconds } from '../runtime/time.ts';
import { isLive, type TableItems, unlessOfAnother } from './dynamodb.ts';
import { type IgfObject, keys, waitingPrefix } from './keys.ts';

export interface WaitingEvent {
  eventId: string;
  fact: IgfFact;
  /** ISO 8601 UTC. */
  at: string;
}

/** How long an event waits for its return, in seconds. It may belong to another sales channel of the tenant. */
export const waitingSeconds = 30 * 24 * 60 * 60;

/** The fact is stored as one string. It was validated when it was read from its event. */
const Waiting = z.object({ fact: z.string(), expiresAt: z.number() });

/**
 * Pointers by which IGF's events find their return. A worker with an event writes it as waiting and then reads the
 * pointer. A worker that links a return writes the pointer and then reads the waiting events. So the two can't miss
 * each other.
 */
export const igfPointers = (items: TableItems) => ({
  async findReturn(object: IgfObject): Promise<ReturnRef | undefined> {
    const item = await items.get(keys.pointer(object));
    return item && z.parse(ReturnRef, item);
  },

  /** A pointer never changes. @returns `other` when it points to another return already */
  async point(object: IgfObject, ref: ReturnRef): Promise<'pointed' | 'other'> {
    const pointed = await items.put({ ...keys.pointer(object), ...refOf(ref) }, unlessOfAnother(ref));
    return pointed ? 'pointed' : 'other';
  },

  /** Keeps an event that has no return yet, for `waitingSeconds`. */
  async keepWaiting(object: IgfObject, { eventId, fact, at }: WaitingEvent): Promise<void> {
    await items.put({
      ...keys.waiting(object, eventId),
      event: fact.event,
      receivedAt: at,
      fact: JSON.stringify(fact),
      expiresAt: epochSeconds(at) + waitingSeconds,
    });
  },

  /** The events that wait for an object's return. */
  async readWaiting(object: IgfObject, now: string): Promise<IgfFact[]> {
    const waiting = await items.query(keys.igfObject(object), 'begins_with(sk, :sk)', waitingPrefix);
    return waiting
      .map((item) => z.parse(Waiting, item))
      .filter((item) => isLive(item, now))
      .map(({ fact }) => JSON.parse(fact) as IgfFact);
  },
});
export type IgfPointers = ReturnType<typeof igfPointers>;
