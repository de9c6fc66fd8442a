import * as z from 'zod/mini';
import type { IgfFact } from '../facts/igf-facts.ts';
import { ReturnRef, refOf } from '../returns/order.ts';
import { epochSeconds } from '../runtime/time.ts';
import { type TableItems, unlessOfAnother } from './dynamodb.ts';
import { type IgfObject, keys } from './keys.ts';

/** An event of IGF that came before the pointer to its return. */
export interface WaitingEvent {
  eventId: string;
  fact: IgfFact;
}

/** What the table knows of an IGF object. */
export interface Pointer {
  /** The return that it belongs to, once that is known. */
  ref?: ReturnRef | undefined;
  /** The events that came before and are not recorded on the return yet. */
  waiting: WaitingEvent[];
}

/** How long an event waits for its return, in seconds. It may belong to another sales channel of the tenant. */
const waitingSeconds = 30 * 24 * 60 * 60;

/** Each event is one string: it was validated when it was read. A set has each of them once. */
const Stored = z.extend(z.partial(ReturnRef), { waiting: z.optional(z.set(z.string())) });

/** @param item as it is stored, if it is */
export function pointerOf(item: unknown): Pointer {
  const { waiting = [] } = z.parse(Stored, item ?? {});
  const { data: ref } = z.safeParse(ReturnRef, item);
  return { ref, waiting: [...waiting].map((event) => JSON.parse(event) as WaitingEvent) };
}

const setOf = (events: readonly WaitingEvent[]) =>
  new Set(events.map(({ eventId, fact }) => JSON.stringify({ eventId, fact })));

/**
 * Pointers by which IGF's events find their return. One item has the return and the events that came before it. So
 * whoever writes one of the two gets the other in the same call, and the two can't miss each other.
 */
export const igfPointers = (items: TableItems) => ({
  readPointer: async (object: IgfObject): Promise<Pointer> =>
    pointerOf(await items.get(keys.pointer(object))),

  /** A pointer never changes. @returns the events that waited for it; `other` when it points to another return */
  async point(object: IgfObject, ref: ReturnRef): Promise<WaitingEvent[] | 'other'> {
    const pointed = await items.update(
      keys.pointer(object),
      { set: { ...refOf(ref), expiresAt: null } },
      { ...unlessOfAnother(ref), ReturnValues: 'ALL_OLD' },
    );
    return pointed ? pointerOf(pointed.Attributes).waiting : 'other';
  },

  /** Keeps an event for `waitingSeconds`. `linked`: nothing is kept, because the return is known. @param at ISO 8601 UTC */
  async keepWaiting(object: IgfObject, event: WaitingEvent, at: string): Promise<'kept' | 'linked'> {
    const kept = await items.update(
      keys.pointer(object),
      { set: { expiresAt: epochSeconds(at) + waitingSeconds }, add: { waiting: setOf([event]) } },
      { ConditionExpression: 'attribute_not_exists(orderId)' },
    );
    return kept ? 'kept' : 'linked';
  },

  /** Ends the wait of events that are recorded on their return. */
  async endWaiting(object: IgfObject, recorded: readonly WaitingEvent[]): Promise<void> {
    await items.update(keys.pointer(object), { remove: { waiting: setOf(recorded) } });
  },
});
export type IgfPointers = ReturnType<typeof igfPointers>;
