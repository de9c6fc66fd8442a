import { noticeOf } from '../returns/notice.ts';
import { type ReturnItem, returnId } from '../returns/return-item.ts';
import { errorClass, logInfo, logWarning } from '../runtime/log.ts';
import { keys } from '../table/keys.ts';
import { updateReturn } from '../table/update-order.ts';
import type { AdvanceDependencies } from './dependencies.ts';
import type { Outcome } from './outcome.ts';

const retry = (reason: string, errorClass: string, afterMs: number): Outcome => ({
  kind: 'retry',
  reason,
  errorClass,
  afterSeconds: Math.max(1, Math.ceil(afterMs / 1000)),
});

/**
 * Tells people what a return asks of them, once for each thing it asks. The right to tell is taken on the item first, so
 * that of any number of attempts one tells; that they were told is written afterwards. An attempt that dies in between
 * leaves its message in the queue, and what it comes back for tells then, or tells a second time.
 * @returns what becomes of the message when people could not be told now, `read-again` when somebody wrote the return
 * meanwhile, and `undefined` when there is nothing to tell (any more).
 * @throws ContendedError
 */
export async function tell(
  item: ReturnItem,
  eventId: string,
  { table, notify, now, claimLeaseMs }: AdvanceDependencies,
): Promise<Outcome | 'changed' | undefined> {
  const { attention, notifiedOf, noticeLease } = item;
  if (!attention || attention === notifiedOf) return undefined;
  const left = noticeLease?.attention === attention ? Date.parse(noticeLease.until) - now() : 0;
  if (left > 0)
    return retry('another attempt is telling people what the return needs', 'ToldElsewhere', left);

  const until = new Date(now() + claimLeaseMs).toISOString();
  const content = { ...item, noticeLease: { attention, until } };
  if ((await table.write({ kind: 'return', content })) === 'changed') return 'changed';

  const { orderId, rmaId, itemId, unmappedTerm } = item;
  // One unknown text may hold any number of returns; one of them speaks for it.
  if (!unmappedTerm || (await table.claimTermNotice(unmappedTerm, item)) === 'ours') {
    const line = { eventId, orderId, returnId: returnId(item) };
    try {
      await notify(noticeOf(item, attention, keys.return(orderId, rmaId, itemId)));
    } catch (error) {
      logWarning({ step: 'not-told', ...line, reason: errorClass(error) });
      return retry('what the return needs could not be published', errorClass(error), claimLeaseMs);
    }
    logInfo({ step: 'attention', ...line, reason: attention });
  }
  await markNotified({ ...content, rev: content.rev + 1 }, attention, table);
  return undefined;
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
