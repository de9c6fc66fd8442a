import type { AdvanceDependencies } from '../actions/context.ts';
import { busy, type Outcome } from '../actions/outcome.ts';
import { ContendedError } from '../record/record-facts.ts';
import { noticeOf } from '../returns/notice.ts';
import { type ReturnItem, returnId } from '../returns/return-item.ts';
import { errorClass, logInfo, logWarning } from '../runtime/log.ts';
import { keys } from '../table/keys.ts';

/** How often the mark that people were told is tried against writers of the same return. */
const mostConflicts = 12;

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
      const reason = 'what the return needs could not be published';
      const afterSeconds = Math.ceil(claimLeaseMs / 1000);
      return [{ kind: 'retry', reason, errorClass: errorClass(error), afterSeconds }];
    }
    logInfo({ step: 'attention', ...line, reason: attention });
  }
  await markNotified({ ...content, rev: content.rev + 1 }, attention, table);
  return [];
}

/** Writes that people were told, whoever writes the return meanwhile, unless it asks something else by now. */
async function markNotified(
  item: ReturnItem,
  attention: string,
  table: AdvanceDependencies['table'],
): Promise<void> {
  let known: ReturnItem | undefined = item;
  for (let conflicts = 0; conflicts <= mostConflicts; conflicts += 1) {
    if (known?.attention !== attention) return;
    const content: ReturnItem = { ...known, notifiedOf: attention, noticeLease: undefined };
    if ((await table.write({ kind: 'return', content })) === 'written') return;
    const { returns } = await table.readOrder(item.orderId);
    known = returns.find(({ rmaId, itemId }) => rmaId === item.rmaId && itemId === item.itemId);
  }
  throw new ContendedError('the return was written at every attempt to note that people were told');
}
