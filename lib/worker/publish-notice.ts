import type { AdvanceDependencies } from '../actions/context.ts';
import { busy, type Outcome } from '../actions/outcome.ts';
import { noticeOf } from '../returns/notice.ts';
import { type ReturnItem, returnId } from '../returns/return-item.ts';
import { errorClass, logInfo, logWarning } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import { keys } from '../table/keys.ts';
import { updateReturn } from '../table/optimistic-update.ts';

/**
 * Publishes what a return asks of people, once for each thing it asks. The lease on the notice is written first, so that
 * one of any number of attempts publishes; that it was published is written afterwards. An attempt that dies in between
 * leaves its message in the queue: the next attempt publishes, or publishes a second time.
 * @returns what becomes of the message when the notice could not be published now, and `changed` when somebody wrote the
 * return meanwhile
 * @throws ContendedError
 */
export async function publishNotice(
  item: ReturnItem,
  eventId: string,
  { table, notify, now, claimLeaseMs }: AdvanceDependencies,
): Promise<Outcome[] | 'changed'> {
  const { attention, notifiedOf, noticeLease } = item;
  if (!attention || attention === notifiedOf) return [];
  const left = noticeLease?.attention === attention ? Date.parse(noticeLease.until) - now() : 0;
  if (left > 0) return [busy('another attempt is publishing what the return needs', left)];

  const until = isoTime(now() + claimLeaseMs);
  const content = { ...item, noticeLease: { attention, until } };
  if ((await table.write({ kind: 'return', content })) === 'changed') return 'changed';

  const { orderId, unmappedTerm } = item;
  // Any number of returns may wait for one unmapped term; one of them asks for it.
  if (!unmappedTerm || (await table.claimTermNotice(unmappedTerm, item)) === 'ours') {
    const line = { eventId, orderId, returnId: returnId(item) };
    try {
      await notify(noticeOf(item, attention, keys.return(item)));
    } catch (error) {
      logWarning({ step: 'not-notified', ...line, reason: errorClass(error) });
      const reason = 'what the return needs could not be published';
      const afterSeconds = Math.ceil(claimLeaseMs / 1000);
      return [{ kind: 'retry', reason, errorClass: errorClass(error), afterSeconds }];
    }
    logInfo({ step: 'attention', ...line, reason: attention });
  }
  await markNotified({ ...content, rev: content.rev + 1 }, attention, table);
  return [];
}

/**
 * Records that the notice was published, whoever else writes the return meanwhile. A return that needs something else by
 * now is left as it is.
 */
async function markNotified(
  item: ReturnItem,
  attention: string,
  table: AdvanceDependencies['table'],
): Promise<void> {
  const mark = (known: ReturnItem): ReturnItem | undefined =>
    known.attention === attention ? { ...known, notifiedOf: attention, noticeLease: undefined } : undefined;
  // The item was written a moment ago, so the first attempt does not read it again.
  const content = mark(item);
  if (content && (await table.write({ kind: 'return', content })) === 'changed') {
    await updateReturn(item, mark, table);
  }
}
