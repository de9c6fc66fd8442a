import { requestedAtOf } from '../../../lib/returns/credit-memos.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { addSeconds } from '../../../lib/runtime/time.ts';
import { fromOrders, listEntries } from '../attention/waiting-returns.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';

/** A return of which `mode=observe` kept a call to IGF back. */
export interface KeptBack {
  readonly item: ReturnItem;
  /** When the customer requested it, ISO 8601 UTC; without that date, when it was first reported. */
  readonly requestedAt: string;
}

/** The returns that were kept back. `recent`: requested in the last days. Each list has the oldest first. */
export async function readKeptBack(
  bridge: Pick<OpenBridge, 'dynamodb' | 'table'>,
  { newerThanDays, now }: { newerThanDays: number; now: string },
): Promise<{ recent: KeptBack[]; older: KeptBack[] }> {
  const entries = await Promise.all([listEntries(bridge, 'OBSERVED'), listEntries(bridge, 'ATTENTION')]);
  const observed = entries.flat().filter(({ observedOnly }) => observedOnly);
  const all = await fromOrders(bridge, observed, (item, order) =>
    item.observedOnly ? { item, requestedAt: requestedAtOf(order, item) ?? '' } : undefined,
  );
  all.sort((one, other) => (one.requestedAt < other.requestedAt ? -1 : 1));
  const from = addSeconds(now, -newerThanDays * 24 * 60 * 60);
  return {
    recent: all.filter(({ requestedAt }) => requestedAt >= from),
    older: all.filter(({ requestedAt }) => requestedAt < from),
  };
}
