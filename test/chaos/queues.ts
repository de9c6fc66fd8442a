import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { LocalQueue } from '../../infra/local/runtime.ts';

/** A message that was given up. */
export interface DeadLetter {
  readonly eventId: string;
  readonly webhook: string;
  readonly reason: string;
}

/** How many messages wait, are being worked on, or wait for their next attempt; what rests in a DLQ is none of them. */
export async function messagesIn(sqs: SQSClient, queues: readonly LocalQueue[]): Promise<number> {
  const drained = queues.filter(({ deadLetterUrl }) => deadLetterUrl !== undefined);
  const counts = await Promise.all(
    drained.map(async ({ url }) => {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
      );
      const names = ['', 'NotVisible', 'Delayed'].map(
        (kind) => `ApproximateNumberOfMessages${kind}` as const,
      );
      return names.reduce(
        (sum, name) => sum + Number(Attributes?.[name as 'ApproximateNumberOfMessages'] ?? 0),
        0,
      );
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Takes everything out of the DLQs. */
export async function takeDeadLetters(sqs: SQSClient, queues: readonly LocalQueue[]): Promise<DeadLetter[]> {
  const found: DeadLetter[] = [];
  const urls = queues.flatMap(({ deadLetterUrl }) => deadLetterUrl ?? []);
  for (const QueueUrl of urls) {
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
      );
      if (Messages.length === 0) break;
      for (const { Body = '', MessageAttributes = {} } of Messages) {
        const { id, webhook } = JSON.parse(Body) as { id: string; webhook: string };
        found.push({ eventId: id, webhook, reason: MessageAttributes.reason?.StringValue ?? 'no reason' });
      }
      const Entries = Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  }
  return found;
}
