import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { QueuePart } from './stack-parts.ts';

/**
 * Creates the queues, dead-letter queues first: a redrive policy names a queue that must exist.
 * @throws the SDK's error when an attribute of the template is one that SQS refuses.
 */
export async function createQueues(sqs: SQSClient, queues: readonly QueuePart[]): Promise<void> {
  const [deadLetter, others] = [
    queues.filter((queue) => !queue.deadLetterArn),
    queues.filter((q) => q.deadLetterArn),
  ];
  for (const { name, attributes } of [...deadLetter, ...others]) {
    await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { ...attributes } }));
  }
}
