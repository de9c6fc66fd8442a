import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { isoTime } from '../../../lib/runtime/time.ts';
import { type Key, keys, parkedTask } from '../../../lib/table/keys.ts';
import { updateOrder, updateReturn } from '../../../lib/table/optimistic-update.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { type Subject, visitMessages } from './about.ts';
import { countIn, type FoundOrder, toStrip, withoutTrackOf } from './find.ts';

/**
 * Erases what was found of a person. The audit line of each order is written first. The entities come last, because the
 * rest is found by them: after a crash, the same command finds what is left.
 */
export async function erase(
  bridge: OpenBridge,
  subject: Subject & { readonly orders: readonly FoundOrder[] },
  rejected: readonly string[],
  by: string,
): Promise<{ unseen: number }> {
  const { items, store } = bridge;
  const remove = ({ pk, sk }: Key) =>
    bridge.dynamodb.send(new DeleteCommand({ TableName: bridge.table, Key: { pk, sk } }));
  const erasedAt = isoTime(bridge.now());
  for (const found of subject.orders) {
    const audit = { erasedAt, by, items: countIn(found), rejected: rejected.length };
    await items.put({ ...keys.erasure(found.orderId, erasedAt), ...audit });
  }
  const { messages, unseen } = await visitMessages(bridge, subject, 'delete');
  for (const id of rejected) await remove(keys.rejected(id));
  for (const { orderId, events, others, pointers, elsewhere } of subject.orders) {
    for (const key of others) await remove(key);
    for (const key of pointers) await items.update(key, { set: { waiting: null } });
    for (const ref of elsewhere) await updateReturn(ref, withoutTrackOf(orderId), store);
    for (const { operations, ...key } of events) {
      const isParked = {
        ConditionExpression: '#task = :parked',
        ExpressionAttributeValues: { ':parked': parkedTask },
      };
      // Nothing can be redriven any more.
      await items.update(key, { set: { task: null, due: null, outcome: 'skipped' } }, isParked);
      await items.update(key, { set: { payload: null, unread: null, operations } });
    }
    await updateOrder(orderId, toStrip, store);
    await items.update(keys.erasure(orderId, erasedAt), {
      set: { messages, completedAt: isoTime(bridge.now()) },
    });
  }
  return { unseen };
}
