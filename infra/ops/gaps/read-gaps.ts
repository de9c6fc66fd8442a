import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { awaited, isOverdue, patienceSeconds, resendRequest } from '../../../lib/returns/tasks.ts';
import { addSeconds, isoTime } from '../../../lib/runtime/time.ts';
import { followedStates } from '../../../lib/table/open-task.ts';
import { pushApiV2Rma } from '../../../lib/webhooks/winkelstraat/rmas.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { listReturns, reportedAt } from '../find/list.ts';
import type { Progress } from '../find/scan.ts';

/** Something of a return that should have come, and did not. */
export type Gap = ReturnType<typeof gapOf> & object;

/** The returns of which something is missing, the longest silent first. @param silentDays see `gapOf` */
export async function readGaps(bridge: OpenBridge, silentDays: number, options: Progress): Promise<Gap[]> {
  const url = `${bridge.baseOf(pushApiV2Rma.path)}${pushApiV2Rma.path}`;
  const now = isoTime(bridge.now());
  return (await listReturns(bridge, options))
    .flatMap((item) => gapOf(item, { now, silentDays, url }) ?? [])
    .sort((one, other) => one.since.localeCompare(other.since));
}

/**
 * What is missing of a return, pure: what it has waited for more than a day for, its next status after so many days
 * without a report, or ItGoesForward's answer to the reconciler for a day. @internal
 */
export function gapOf(
  item: ReturnItem,
  { now, silentDays, url }: { now: string; silentDays: number; url: string },
) {
  const { orderId, rmaId, itemId, state, waits, waitingSince = '', opening, lastUpdateAt } = item;
  const of = { orderId, rmaId, itemId, state };
  const ask = (what: string) => ({ mail: null, call: null, ...resendRequest(item, what, url) });
  if (waits && waits !== 'other-return' && isOverdue(item, now)) {
    return {
      ...of,
      kind: waits as string,
      since: waitingSince,
      what: awaited[waits],
      ...ask(awaited[waits]),
    };
  }
  const news = [opening?.receivedAt, opening?.statusAt, reportedAt(item)].flatMap((time) => time ?? []);
  const since = news.sort().at(-1) ?? '';
  if (state === 'Requested' && !waits && since <= addSeconds(now, -silentDays * 24 * 3600)) {
    const what = 'its next status';
    return { ...of, kind: 'next-status', since, what, ...ask(what) };
  }
  if (followedStates.has(state) && lastUpdateAt && lastUpdateAt <= addSeconds(now, -patienceSeconds)) {
    const what = "ItGoesForward's answer to the reconciler, which asks every hour";
    return { ...of, kind: 'poll', since: lastUpdateAt, what, mail: null, call: null };
  }
  return undefined;
}
