import { GetQueueAttributesCommand, type QueueAttributeName, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { type Sender, senders } from '../../../lib/webhooks/catalogue.ts';
import { CommandError } from '../../cli/command-line.ts';
import type { Place } from '../aws/place.ts';

/** A sender's DLQ, and the queue that its messages came from. */
export interface DeadLetterQueue {
  readonly sender: Sender;
  readonly url: string;
  readonly arn: string;
  readonly source: { readonly url: string; readonly arn: string };
  /** How many messages it has, visible or not. SQS counts approximately. */
  readonly count: number;
}

const RedrivePolicy = z.object({ deadLetterTargetArn: z.string() });

/** The DLQs of a bridge, found by the queues' redrive policies. @throws CommandError when a queue has none */
export async function deadLetterQueues(
  sqs: SQSClient,
  { senders: known, queueUrl }: Pick<Place, 'senders' | 'queueUrl'>,
): Promise<DeadLetterQueue[]> {
  const wanted = senders.filter(({ name }) => known.includes(name));
  // Without any queue this throws the error that names the missing option.
  if (wanted.length === 0) queueUrl();
  return Promise.all(wanted.map((sender) => deadLetterQueueOf(sender, queueUrl(sender.name), sqs)));
}

async function deadLetterQueueOf(
  sender: Sender,
  sourceUrl: string,
  sqs: SQSClient,
): Promise<DeadLetterQueue> {
  const { QueueArn: sourceArn, RedrivePolicy: policy } = await attributesOf(sqs, sourceUrl, [
    'QueueArn',
    'RedrivePolicy',
  ]);
  if (!sourceArn || !policy) throw new CommandError(`The queue ${sourceUrl} has no DLQ.`);
  const { deadLetterTargetArn: arn } = z.parse(RedrivePolicy, JSON.parse(policy));
  // Both queues belong to one stack, so to one account and region: only the last part of their URLs differs.
  const url = sourceUrl.replace(/[^/]+$/, arn.split(':').at(-1) ?? '');
  return { sender, url, arn, source: { url: sourceUrl, arn: sourceArn }, count: await countIn(sqs, url) };
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

async function attributesOf<Name extends QueueAttributeName>(
  sqs: SQSClient,
  url: string,
  names: Name[],
): Promise<Partial<Record<Name, string>>> {
  const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: names });
  return (await sqs.send(command)).Attributes ?? {};
}
