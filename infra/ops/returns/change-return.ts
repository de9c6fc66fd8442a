import { randomUUID } from 'node:crypto';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { bulkhead } from 'cockatiel';
import { isEqual } from '../../../lib/returns/merge.ts';
import { type ReturnRef, returnIn } from '../../../lib/returns/order.ts';
import type { Answer, ReturnItem, Task } from '../../../lib/returns/return-item.ts';
import { todoOf } from '../../../lib/returns/tasks.ts';
import { updateReturn } from '../../../lib/table/optimistic-update.ts';
import { advanceMessage, advanceOrder, writeEnvelope } from '../../../lib/webhooks/envelope.ts';
import { CommandError } from '../../cli/command-line.ts';
import type { OpenBridge, TableClient } from '../aws/open-bridge.ts';
import { type Previewed, toPreviewed } from '../preview/format-preview.ts';
import { type PreviewedBridge, withPreviews } from '../preview/preview-message.ts';

/**
 * Lets the worker decide again about an order, within seconds.
 * @param cause stands in the order's history. Messages of one order and cause stand there once
 * @param by who caused it
 */
export async function sendAdvance(
  { sqs, queueUrl, now }: Pick<OpenBridge, 'sqs' | 'queueUrl' | 'now'>,
  orderId: string,
  cause: string,
  by: string,
  correlationId: string = randomUUID(),
): Promise<void> {
  const envelope = advanceMessage(orderId, cause, { now: now(), correlationId, by });
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl(),
      MessageBody: writeEnvelope(envelope),
      MessageGroupId: advanceOrder.name,
    }),
  );
}

/** What an operator changes about some orders. Then the worker decides again about each of them. */
export interface Change {
  readonly orders: readonly string[];
  readonly cause: string;
  readonly by: string;
  /** Writes it to the table, or to the overlay of a preview. */
  readonly write?: (table: TableClient) => Promise<unknown>;
}

/** What the worker would do after a change with the returns of its orders. @param isWanted only with these */
export const previewChange = (
  bridge: PreviewedBridge,
  { orders, write }: Pick<Change, 'orders' | 'write'>,
  isWanted: (ref: ReturnRef) => boolean = () => true,
): Promise<Previewed[]> =>
  withPreviews(bridge, async (preview) => {
    const all: Previewed[] = [];
    for (const orderId of orders) {
      const envelope = advanceMessage(orderId, 'preview', { now: bridge.now(), correlationId: 'preview' });
      const { returns } = await preview({ envelope, facts: [], orderId }, write);
      const own = returns.filter(({ after }) => after.orderId === orderId && isWanted(after));
      all.push(...own.map(toPreviewed));
    }
    return all;
  });

/** How many messages are sent to SQS at once. */
const atOnce = 10;

/** Writes a change, then lets the worker decide again about its orders. */
export async function makeChange(bridge: OpenBridge, { orders, cause, by, write }: Change): Promise<void> {
  // Without a queue nothing may be stored.
  bridge.queueUrl();
  await write?.(bridge);
  const correlationId = randomUUID();
  const queue = bulkhead(atOnce, Number.POSITIVE_INFINITY);
  await Promise.all(
    orders.map((orderId) => queue.execute(() => sendAdvance(bridge, orderId, cause, by, correlationId))),
  );
}

/** Who did a task, when, and what there is to say about it. */
type Remark = Pick<Answer, 'note' | 'by' | 'at'>;

/**
 * Stores on a return that a person has done these tasks.
 * @throws CommandError when the return asks for other tasks now, or for none
 */
export async function answerTasks(
  { store }: Pick<TableClient, 'store'>,
  ref: ReturnRef,
  tasks: readonly Task[],
  remark: Remark,
): Promise<void> {
  const written = tasks.map((task): Answer => ({ ...task, ...remark }));
  const isStored = (item: ReturnItem | undefined): boolean =>
    written.every((answer) => item?.answers?.some((other) => isEqual(other, answer)));
  const order = await updateReturn(
    ref,
    (item) =>
      isStored(item) || !isEqual(todoOf(item, remark.at)?.tasks, tasks)
        ? undefined
        : { ...item, answers: [...(item.answers ?? []), ...written] },
    store,
  );
  if (!isStored(returnIn(order, ref))) {
    throw new CommandError('Something else is to be done about the return by now: look at it again.');
  }
}

/**
 * Lets a return be forwarded again although a reason, condition or resolution once ruled it out. The texts that were
 * reported before do not count any more. The release is not older than the newest report, because this machine's clock
 * may be behind the worker's.
 */
export const releaseReturn = (
  { store }: TableClient,
  ref: ReturnRef,
  release: NonNullable<ReturnItem['release']>,
) =>
  updateReturn(
    ref,
    ({ texts: _, ...item }) => {
      const times = [release.at, item.opening?.receivedAt, item.closing?.updatedAt, item.release?.at];
      const newest = times
        .filter((time) => time !== undefined)
        .sort()
        .at(-1);
      return { ...item, release: { ...release, at: newest ?? release.at } };
    },
    store,
  );
