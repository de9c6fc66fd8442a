import type { ReturnItem } from './return-item.ts';

type Asked = Pick<ReturnItem, 'attention' | 'attentionSince'>;

/**
 * What an item asks of a human from `now` (ISO 8601 UTC) on. A sentence that it asks already keeps its time: whoever
 * waits for it has waited since then.
 */
export const asking = (item: Asked, attention: string | undefined, now: string): Asked => ({
  attention,
  attentionSince: attention === item.attention ? item.attentionSince : attention && now,
});
