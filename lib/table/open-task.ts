import type { ReturnItem, ReturnState } from '../returns/return-item.ts';
import { unmappedTask } from './keys.ts';

/** The sparse index `tasks`: what waits for somebody, by kind, sorted by when it is due. */
export interface OpenTask {
  /**
   * Partition: `ATTENTION` waits for a human, `OPEN` for IGF. What an unknown text holds waits for a human too; it
   * stands under its text (`UNMAPPED#REASON#te wijd`), so that a mapping finds it. Whoever lists everything that waits
   * for a human asks for the unknown texts first (`VOCABULARY` / `UNKNOWN#…`). Deliveries that were parked stand under
   * `FAILED`, see `delivery-item.ts`: they are no returns.
   */
  task: 'ATTENTION' | 'OPEN' | `UNMAPPED#${string}`;
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
export function openTaskOf(item: ReturnItem): OpenTask | undefined {
  const { state, attention, attentionSince, lastUpdateAt, unmappedTerm } = item;
  if (state === 'NeedsMapping' && unmappedTerm) {
    return { task: unmappedTask(unmappedTerm), due: attentionSince ?? everSince };
  }
  if (attention) return { task: 'ATTENTION', due: attentionSince ?? everSince };
  return isOpen(item) ? { task: 'OPEN', due: lastUpdateAt ?? everSince } : undefined;
}
