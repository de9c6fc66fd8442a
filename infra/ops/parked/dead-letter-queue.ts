import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { type Sender, senders } from '../../../lib/webhooks/catalogue.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { CommandError } from '../command.ts';

/** A sender's DLQ, and the queue that its messages came from. */
export interface DeadLetterQueue {
  readonly sender: Sender;
  readonly url: string;
  readonly arn: string;
  readonly source: { readonly url: string; readonly arn: string };
  /** Messages in it, visible or not, as SQS counts them: approximately. */
  readonly count: number;
}

const RedrivePolicy = z.object({ deadLetterTargetArn: z.string() });

/** The DLQs of a bridge, as the queues themselves name them. @throws CommandError when a queue has none */
export async function deadLetterQueues({
  sqs,
  senders: known,
  queueUrl,
}: OpenBridge): Promise<DeadLetterQueue[]> {
  const wanted = senders.filter(({ name }) => known.includes(name));
  // Without any it says what is missing.
  if (wanted.length === 0) queueUrl();
  return Promise.all(wanted.map((sender) => deadLettersOf(sender, queueUrl(sender.name), sqs)));
}

async function deadLettersOf(sender: Sender, sourceUrl: string, sqs: SQSClient): Promise<DeadLetterQueue> {
  const { QueueArn: sourceArn, RedrivePolicy: policy } = await attributesOf(sqs, sourceUrl, [
    'QueueArn',
    'RedrivePolicy',
  ]);
  if (!sourceArn || !policy) throw new CommandError(`The queue ${sourceUrl} has no DLQ.`);
  const { deadLetterTargetArn: arn } = z.parse(RedrivePolicy, JSON.parse(policy));
  // Both queues are of one stack, and so of one account and region: only the last part of their URLs differs.
  const url = sourceUrl.replace(/[^/]+$/, arn.split(':').at(-1) ?? '');
  return { sender, url, arn, source: { url: sourceUrl, arn: sourceArn }, count: await countIn(sqs, url) };
}

/** Messages in a queue, those included that somebody is looking at. */
export async function countIn(sqs: SQSClient, url: string): Promise<number> {
  const counts = await attributesOf(sqs, url, [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ]);
  return Object.values(counts).reduce((sum, value) => sum + Number(value), 0);
}

type AttributeName =
  | 'QueueArn'
  | 'RedrivePolicy'
  | 'ApproximateNumberOfMessages'
  | 'ApproximateNumberOfMessagesNotVisible'
  | 'ApproximateNumberOfMessagesDelayed';

async function attributesOf<Name extends AttributeName>(
  sqs: SQSClient,
  url: string,
  names: Name[],
): Promise<Partial<Record<Name, string>>> {
  const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: names });
  return (await sqs.send(command)).Attributes ?? {};
}
