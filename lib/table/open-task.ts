import type { ReturnItem, ReturnState } from '../returns/return-item.ts';
import { heldWork } from './keys.ts';

/** The sparse index `work`: what waits for somebody, by kind, sorted by when it is due. */
export interface Work {
  /**
   * Partition: `ATTENTION` waits for a human, `OPEN` for IGF. What an unknown text holds waits for a human too; it
   * stands under its text (`HELD#REASON#te wijd`), so that a mapping finds it. Whoever lists everything that waits
   * for a human asks for the unknown texts first (`VOCABULARY` / `UNKNOWN#…`). Deliveries that were parked stand under
   * `FAILED`, see `delivery-item.ts`: they are no returns.
   */
  work: 'ATTENTION' | 'OPEN' | `HELD#${string}`;
  /** Sort key, ISO 8601 UTC: since when it waits. */
  due: string;
}

/** States in which a listing lives at IGF: what happens to it there is to be followed. */
export const followedStates: ReadonlySet<ReturnState> = new Set(['Listed', 'Matched', 'Labelled', 'Shipped']);

/** Whether IGF, or time, may yet tell something of it: a completed return waits for the word of its refund. */
const isOpen = ({ state, refundDue }: ReturnItem): boolean =>
  followedStates.has(state) || (state === 'Completed' && !refundDue);

/** Sorts before every time: an index key must not be empty. */
const everSince = '1970-01-01T00:00:00.000Z';

/** What of a return waits for somebody, if anything does. Attributes that are not set leave the index. */
export function workOf(item: ReturnItem): Work | undefined {
  const { state, attention, attentionSince, heardAt, heldFor } = item;
  if (state === 'NeedsMapping' && heldFor) {
    return { work: heldWork(heldFor), due: attentionSince ?? everSince };
  }
  if (attention) return { work: 'ATTENTION', due: attentionSince ?? everSince };
  return isOpen(item) ? { work: 'OPEN', due: heardAt ?? everSince } : undefined;
}
