import type { AdvanceDependencies } from '../actions/context.ts';
import { busy, type Outcome } from '../actions/outcome.ts';
import { noticeOf } from '../returns/notice.ts';
import { type ReturnItem, returnId } from '../returns/return-item.ts';
import { errorClass, logInfo, logWarning } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import { keys } from '../table/keys.ts';
import { updateReturn } from '../table/update-order.ts';

/**
 * Tells people what a return asks of them, once for each thing it asks. The right to tell is taken on the item first, so
 * that of any number of attempts one tells; that they were told is written afterwards. An attempt that dies in between
 * leaves its message in the queue, and what it comes back for tells then, or tells a second time.
 * @returns what becomes of the message when people could not be told now, `read-again` when somebody wrote the return
 * meanwhile, and `undefined` when there is nothing to tell (any more).
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
  // One unknown text may hold any number of returns; one of them speaks for it.
  if (!unmappedTerm || (await table.claimTermNotice(unmappedTerm, item)) === 'ours') {
    const line = { eventId, orderId, returnId: returnId(item) };
    try {
      await notify(noticeOf(item, attention, keys.return(item)));
    } catch (error) {
      logWarning({ step: 'not-told', ...line, reason: errorClass(error) });
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
