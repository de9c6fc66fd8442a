import { keys, parkedTask, retriedTask } from '../../../lib/table/keys.ts';
import type { ParkedDelivery } from '../../../lib/table/parked-deliveries.ts';
import type { TableClient } from '../aws/open-bridge.ts';

/** What an operator did with a delivery. */
export interface Operation {
  readonly did: 'redriven' | 'dismissed';
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly by: string;
  readonly reason?: string;
}

/** How many operations a delivery keeps, and how many failed attempts from before the last one. */
const most = 10;

/**
 * Notes on a delivery that is parked or retried what an operator does with it, for the history of its order. A dismissed
 * one is neither any more. A delivery that is neither stays as it is.
 * @returns whether it was one of them
 */
export async function noteOperation(
  { items }: Pick<TableClient, 'items'>,
  { orderId, eventId }: Pick<ParkedDelivery, 'orderId' | 'eventId'>,
  operation: Operation,
): Promise<boolean> {
  const key = keys.event(orderId, eventId);
  const { operations, failures } = (await items.get(key)) ?? {};
  const last = (list: unknown): unknown[] => (Array.isArray(list) ? list.slice(-most) : []);
  const isEnd = operation.did === 'dismissed';
  const written = await items.update(
    key,
    {
      set: {
        operations: [...last(operations), operation],
        ...(failures !== undefined && { failures: last(failures) }),
        ...(isEnd && { task: null, due: null, outcome: 'skipped' }),
      },
    },
    {
      ConditionExpression: '#undone IN (:parked, :retried)',
      ExpressionAttributeNames: { '#undone': 'task' },
      ExpressionAttributeValues: { ':parked': parkedTask, ':retried': retriedTask },
    },
  );
  return written !== undefined;
}
