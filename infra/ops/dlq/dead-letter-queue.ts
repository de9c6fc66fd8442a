import { GetQueueAttributesCommand, type QueueAttributeName, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { type Sender, senders } from '../../../lib/webhooks/catalogue.ts';
import { CommandError } from '../../cli/command-line.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';

/** The DLQ of a sender or of the quarantine, and the queue that its messages came from. */
export type DeadLetterQueue = Awaited<ReturnType<typeof deadLetterQueueOf>>;

const RedrivePolicy = z.object({ deadLetterTargetArn: z.string() });

/**
 * The DLQs of a bridge, found by the queues' redrive policies.
 * @param of only the DLQ of this sender
 * @throws CommandError when a queue has none
 */
export async function deadLetterQueues(
  { sqs, queues, queueUrl }: Pick<OpenBridge, 'sqs' | 'queues' | 'queueUrl'>,
  of?: string,
): Promise<DeadLetterQueue[]> {
  const wanted = of === undefined ? queues : [of];
  // A table without its stack has none.
  if (wanted.length === 0) queueUrl();
  return Promise.all(wanted.map((name) => deadLetterQueueOf(name, queueUrl(name), sqs)));
}

async function deadLetterQueueOf(name: string, sourceUrl: string, sqs: SQSClient) {
  const { QueueArn, RedrivePolicy: policy } = await attributesOf(sqs, sourceUrl, [
    'QueueArn',
    'RedrivePolicy',
  ]);
  if (!QueueArn || !policy) throw new CommandError(`The queue ${sourceUrl} has no DLQ.`);
  const { deadLetterTargetArn: arn } = z.parse(RedrivePolicy, JSON.parse(policy));
  // Both queues belong to one stack, so to one account and region: only the last part of their URLs differs.
  const url = sourceUrl.replace(/[^/]+$/, arn.split(':').at(-1) ?? '');
  const source = { url: sourceUrl, arn: QueueArn };
  /** How many messages it has, visible or not. SQS counts approximately. */
  const count = await countIn(sqs, url);
  return { name, url, arn, source, count };
}

/** How many messages a queue has, hidden ones included. */
export async function countIn(sqs: SQSClient, url: string): Promise<number> {
  const counts = await attributesOf(sqs, url, [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ]);
  return Object.values(counts).reduce((sum, value) => sum + Number(value), 0);
}

async function attributesOf(
  sqs: SQSClient,
  url: string,
  names: QueueAttributeName[],
): Promise<Partial<Record<QueueAttributeName, string>>> {
  const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: names });
  return (await sqs.send(command)).Attributes ?? {};
}

const webhooksOf = ({ webhooks, internal = [] }: Sender): string[] =>
  [...webhooks, ...internal].map(({ name }) => name);

/** The name of a webhook's sender; undefined for a webhook that has left the catalogue. */
export const senderNameOf = (webhook: string): string | undefined =>
  senders.find((known) => webhooksOf(known).includes(webhook))?.name;

/** The names of all webhooks, and of the messages that the bridge sends itself. */
export const webhookNames = senders.flatMap(webhooksOf);
