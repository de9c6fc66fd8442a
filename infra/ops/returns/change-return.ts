import { randomUUID } from 'node:crypto';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { isEqual } from '../../../lib/returns/merge.ts';
import { isSameReturn, type ReturnRef, returnIn } from '../../../lib/returns/order.ts';
import type { Answer, ReturnItem, Task } from '../../../lib/returns/return-item.ts';
import { todoOf } from '../../../lib/returns/tasks.ts';
import { updateReturn } from '../../../lib/table/optimistic-update.ts';
import { advanceMessage, advanceOrder, writeEnvelope } from '../../../lib/webhooks/envelope.ts';
import { CommandError } from '../../cli/command-line.ts';
import type { OpenBridge, TableClient } from '../aws/open-bridge.ts';
import { type PreviewedReturn, type PreviewMessage, withPreviews } from '../preview/preview-message.ts';

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

/**
 * What the worker would do with the returns of an order.
 * @param prepare writes to the overlay what the operator changes before
 */
export async function previewAdvance(
  { now }: Pick<OpenBridge, 'now'>,
  preview: PreviewMessage,
  orderId: string,
  prepare?: (overlay: TableClient) => Promise<unknown>,
): Promise<readonly PreviewedReturn[]> {
  const envelope = advanceMessage(orderId, 'preview', { now: now(), correlationId: 'preview' });
  const { returns } = await preview({ envelope, facts: [], orderId }, prepare);
  return returns.filter(({ after }) => after.orderId === orderId);
}

/** What the worker would do with a return after the operator's change. */
export async function previewChange(
  bridge: OpenBridge,
  ref: ReturnRef,
  change: (overlay: TableClient) => Promise<unknown>,
): Promise<PreviewedReturn | undefined> {
  const returns = await withPreviews(bridge, (preview) =>
    previewAdvance(bridge, preview, ref.orderId, change),
  );
  return returns.find(({ after }) => isSameReturn(after, ref));
}

/** Writes what an operator decided about an order, then lets the worker decide again. */
export async function changeAndAdvance(
  bridge: OpenBridge,
  orderId: string,
  { cause, by }: { cause: string; by: string },
  change: (table: TableClient) => Promise<unknown>,
): Promise<void> {
  // Without a queue nothing may be stored.
  bridge.queueUrl();
  await change(bridge);
  await sendAdvance(bridge, orderId, cause, by);
}

/** Who did a task, when, and what there is to say about it. */
type Remark = Pick<Answer, 'note' | 'by' | 'at'>;

/**
 * Stores on a return that a person has done these tasks.
 * @throws CommandError when the return asks for other tasks now, or for none
 */
export async function answerTasks(
  { store }: TableClient,
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
