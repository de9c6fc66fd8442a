import type { ReturnItem } from './return-item.ts';

type PollResult = Pick<ReturnItem, 'attention' | 'attentionSince'>;

/**
 * What an item asks of a human from `now` (ISO 8601 UTC) on. A sentence that it asks already keeps its time: whoever
 * waits for it has waited since then.
 */
export const asking = (item: PollResult, attention: string | undefined, now: string): PollResult => ({
  attention,
  attentionSince: attention === item.attention ? item.attentionSince : attention && now,
});
