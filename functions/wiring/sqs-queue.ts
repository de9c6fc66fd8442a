import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { MessageQueue } from '../../lib/worker/acknowledge.ts';

/** The queue that a worker consumes, and its DLQ. */
export const sqsQueue = (
  sqs: SQSClient,
  environment: { QUEUE_URL: string; DEAD_LETTER_QUEUE_URL: string },
): MessageQueue => ({
  delay: async (receiptHandle, seconds) => {
    await sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: environment.QUEUE_URL,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  },
  park: async (body, attributes, groupId) => {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: environment.DEAD_LETTER_QUEUE_URL,
        MessageBody: body,
        ...(groupId && { MessageGroupId: groupId }),
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [
            name,
            { DataType: 'String', StringValue: value },
          ]),
        ),
      }),
    );
  },
});
