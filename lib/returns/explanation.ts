import { isEqual } from './merge.ts';
import type { ReturnItem, ReturnState } from './return-item.ts';
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
  /** The name of the rule that gave the explanation. */
  rule?: string | undefined;
}

/** Whether the item has this explanation already. */
export const isUnchanged = (
  item: ReturnItem,
  { state, why, attention, refundDue, unmappedTerm }: Explanation,
): boolean =>
  state === item.state &&
  why === item.why &&
  attention === item.attention &&
  (refundDue ?? false) === (item.refundDue ?? false) &&
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
