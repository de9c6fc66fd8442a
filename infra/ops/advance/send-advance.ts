import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { advanceMessage, advanceOrder } from '../../../lib/webhooks/advance-message.ts';
import { writeEnvelope } from '../../../lib/webhooks/envelope.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';

/**
 * Lets the worker decide again about an order, within seconds.
 * @param cause stands in the order's history. Messages of one order and cause stand there once
 */
export async function sendAdvance(
  { sqs, queueUrl }: Pick<OpenBridge, 'sqs' | 'queueUrl'>,
  orderId: string,
  cause: string,
  correlationId: string,
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
