import { isEqual } from './merge.ts';
import type { ReturnItem, ReturnState, Task, WaitKind } from './return-item.ts';
import { stillOpen } from './tasks.ts';
import type { Term } from './vocabulary.ts';

/** The bridge's explanation of a return: its state, the reason, and what a person must do. */
export interface Explanation {
  state: ReturnState;
  /** The reason, a sentence. */
  why: string;
  /** What people must do: a text for each task. Absent when there is nothing (any more). */
  attention?: string | undefined;
  /** The tasks that `attention` names, in its order. */
  tasks?: Task[] | undefined;
  /** The sender must be paid, and Winkelstraat does not know it yet. */
  refundDue?: boolean | undefined;
  /** The unmapped term that the return waits for. */
  unmappedTerm?: Term | undefined;
  /** What it waits for, if that may never come: after a day a person is asked. */
  waits?: WaitKind | undefined;
  /** Policy `mode=observe` kept a call to IGF back. */
  observedOnly?: boolean | undefined;
  /** The name of the rule that gave the explanation. */
  rule?: string | undefined;
}

/** Whether the item has this explanation already. */
export const isUnchanged = (
  item: ReturnItem,
  { state, why, attention, tasks, refundDue, unmappedTerm, waits, observedOnly }: Explanation,
): boolean =>
  state === item.state &&
  why === item.why &&
  attention === item.attention &&
  isEqual(tasks, item.tasks) &&
  (refundDue ?? false) === (item.refundDue ?? false) &&
  waits === item.waits &&
  (observedOnly ?? false) === (item.observedOnly ?? false) &&
  isEqual(unmappedTerm, item.unmappedTerm);

type AttentionFields = Pick<ReturnItem, 'attention' | 'attentionSince' | 'tasks' | 'notifiedOf'>;

/**
 * The attention fields of an item from `now` (ISO 8601 UTC) on. While one of its tasks stays, it keeps its
 * `attentionSince`. A task that ends and comes back later needs a new notice.
 */
export function attentionFields(
  item: AttentionFields,
  { attention, tasks }: Pick<Explanation, 'attention' | 'tasks'>,
  now: string,
): AttentionFields {
  const isGoingOn = attention === item.attention || stillOpen(item.tasks, tasks) !== undefined;
  const attentionSince = attention && (isGoingOn ? (item.attentionSince ?? now) : now);
  return { attention, attentionSince, tasks, notifiedOf: stillOpen(item.notifiedOf, tasks) };
}

type WaitingFields = Pick<ReturnItem, 'waits' | 'waitingSince'>;

/**
 * The fields of an item that say what it waits for, from `now` (ISO 8601 UTC) on. While it waits, also for one thing
 * after another, it keeps its `waitingSince`.
 */
export const waitingFields = (
  item: WaitingFields,
  waits: WaitKind | undefined,
  now: string,
): WaitingFields => ({ waits, waitingSince: waits && (item.waits ? item.waitingSince : now) });
