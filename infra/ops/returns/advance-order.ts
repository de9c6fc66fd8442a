import { randomUUID } from 'node:crypto';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { advanceMessage, advanceOrder } from '../../../lib/webhooks/advance-message.ts';
import { writeEnvelope } from '../../../lib/webhooks/envelope.ts';
import { shellCommand } from '../../cli/output.ts';
import type { OpenBridge, TableClient } from '../aws/open-bridge.ts';
import type { PreviewedReturn, PreviewMessage } from '../preview/preview-message.ts';

/**
 * Lets the worker decide again about an order, within seconds.
 * @param cause stands in the order's history. Messages of one order and cause stand there once
 */
export async function sendAdvance(
  { sqs, queueUrl }: Pick<OpenBridge, 'sqs' | 'queueUrl'>,
  orderId: string,
  cause: string,
  correlationId: string = randomUUID(),
): Promise<void> {
  const envelope = advanceMessage(orderId, cause, { now: Date.now(), correlationId });
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
  preview: PreviewMessage,
  orderId: string,
  prepare?: (overlay: TableClient) => Promise<unknown>,
): Promise<readonly PreviewedReturn[]> {
  const now = Date.now();
  const envelope = advanceMessage(orderId, 'preview', { now, correlationId: 'preview' });
  const { returns } = await preview({ envelope, facts: [], orderId }, now, prepare);
  return returns.filter(({ after }) => after.orderId === orderId);
}

/** Writes what an operator decided about an order, then lets the worker decide again. @returns where the result is */
export async function changeAndAdvance(
  bridge: OpenBridge,
  orderId: string,
  cause: string,
  change: (table: TableClient) => Promise<unknown>,
): Promise<string> {
  // Without a queue nothing may be stored.
  bridge.queueUrl();
  await change(bridge);
  await sendAdvance(bridge, orderId, cause);
  return `${shellCommand('npx', 'bridge', 'order', orderId)} shows the result.`;
}
