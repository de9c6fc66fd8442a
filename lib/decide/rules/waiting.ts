/** Rules of a return that waits for something that may never come. */
import { requestedAtOf } from '../../returns/credit-memos.ts';
import { isAnswered, shipmentBeforeBridge } from '../../returns/tasks.ts';
import { isOverdue, waitingSentence, waitsTooLong } from '../../returns/waiting.ts';
import type { Ask, NextStep } from '../../rules/rule.ts';
import type { UnlistedView } from '../../rules/view.ts';

/**
 * After a day a person must get what the return waits for, unless its action asks a person already. When the customer
 * requested it before the bridge took its first delivery, the bridge was never sent the shipment. On the first day every
 * open order is like that.
 */
export function askAfterADay(view: UnlistedView, { waits, attention }: NextStep): Ask | undefined {
  const { order, item, now, firstDelivery } = view;
  const isWaiting = waits !== undefined && item.waits !== undefined;
  if (!isWaiting || attention || !isOverdue(item, now)) return undefined;
  if (isAnswered(item.answers, { task: waitsTooLong })) return undefined;
  const requestedAt = requestedAtOf(order, item);
  const isFromBefore =
    waits === 'shipment' &&
    requestedAt !== undefined &&
    firstDelivery !== undefined &&
    requestedAt < firstDelivery;
  return { text: waitingSentence(waits, item), task: isFromBefore ? shipmentBeforeBridge : waitsTooLong };
}
