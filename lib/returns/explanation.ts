import { isEqual } from './merge.ts';
import type { ReturnItem, ReturnState, WaitKind } from './return-item.ts';
import type { Term } from './vocabulary.ts';

/** The bridge's explanation of a return: its state, the reason, and what a person must do. */
export interface Explanation {
  state: ReturnState;
  /** The reason, a sentence. */
  why: string;
  /** What a person must do, a sentence; absent when there is nothing (any more). */
  attention?: string | undefined;
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
  { state, why, attention, refundDue, unmappedTerm, waits, observedOnly }: Explanation,
): boolean =>
  state === item.state &&
  why === item.why &&
  attention === item.attention &&
  (refundDue ?? false) === (item.refundDue ?? false) &&
  waits === item.waits &&
  (observedOnly ?? false) === (item.observedOnly ?? false) &&
  isEqual(unmappedTerm, item.unmappedTerm);

type AttentionFields = Pick<ReturnItem, 'attention' | 'attentionSince'>;

/**
 * The attention fields of an item from `now` (ISO 8601 UTC) on. An unchanged attention keeps its
 * `attentionSince`.
 */
export const attentionFields = (
  item: AttentionFields,
  attention: string | undefined,
  now: string,
): AttentionFields => ({
  attention,
  attentionSince: attention === item.attention ? item.attentionSince : attention && now,
});

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
