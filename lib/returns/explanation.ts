import { isEqual } from './merge.ts';
import type { ReturnItem, ReturnState } from './return-item.ts';
import type { Term } from './vocabulary.ts';

/** What the bridge says of a return: where it stands, why, and what a human must do about it. */
export interface Explanation {
  state: ReturnState;
  /** The reason, a sentence. */
  why: string;
  /** What a human must look at, a sentence; absent when there is nothing (any more). */
  attention?: string | undefined;
  /** The sender is to be paid, and Winkelstraat does not know it yet. */
  refundDue?: boolean | undefined;
  /** The text that nobody has mapped, where that is the reason. */
  unmappedTerm?: Term | undefined;
  /** The name of the rule that says so. */
  rule?: string | undefined;
}

/** Whether an explanation says nothing that the item does not say already. */
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
 * What an item asks of a human from `now` (ISO 8601 UTC) on. A sentence that it already asks keeps its time: the people
 * who must act have been asked since then.
 */
export const attentionFields = (
  item: AttentionFields,
  attention: string | undefined,
  now: string,
): AttentionFields => ({
  attention,
  attentionSince: attention === item.attention ? item.attentionSince : attention && now,
});
