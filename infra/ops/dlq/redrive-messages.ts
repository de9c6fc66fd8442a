import { setTimeout } from 'node:timers/promises';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { rateLimiter } from '../../../lib/igf/rate-limiter.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { type DeadLetter, type ScanOptions, type ScanVerdict, scanQueue } from './scan.ts';

interface RedriveOptions extends Omit<ScanOptions, 'atOnce'> {
  /** Messages a second. */
  readonly perSecond: number;
}

export type Redriven = Awaited<ReturnType<typeof redriveMessages>>;

/**
 * Sends the selected messages to their source queue, one by one. Each message is sent first and deleted afterwards, so an
 * interruption loses nothing. It may send a message twice, and that is safe: an event is applied once.
 */
export async function redriveMessages(
  sqs: SQSClient,
  queue: DeadLetterQueue,
  { perSecond, ...options }: RedriveOptions,
) {
  const { signal } = options;
  const result = {
    /** Messages that were sent to the source queue. */
    sent: 0,
    /** Further copies of them that were deleted. A crash while parking can park a message twice. */
    copies: 0,
    /** Events that returned to the DLQ during the scan, and stay there. */
    returned: 0,
  };
  const redriven = new Map<string, { receivedAt: number; verdict: Promise<ScanVerdict> }>();
  const limiter = rateLimiter(perSecond, {
    now: () => performance.now(),
    wait: (ms) => setTimeout(ms, undefined, signal && { signal }).catch(() => undefined),
  });

  const send = async (body: string, webhook: string | undefined): Promise<ScanVerdict> => {
    await limiter.acquire(Number.POSITIVE_INFINITY);
    if (signal?.aborted) return 'keep';
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queue.source.url,
        MessageBody: body,
        ...(webhook !== undefined && { MessageGroupId: webhook }),
      }),
    );
    result.sent += 1;
    return 'delete';
  };

  const visit = async (message: DeadLetter): Promise<ScanVerdict> => {
    const { id, webhook } = message;
    const earlier = redriven.get(id);
    if (!earlier) {
      const verdict = send(message.body, webhook);
      redriven.set(id, { receivedAt: message.firstReceivedAt, verdict });
      return verdict;
    }
    if ((await earlier.verdict) === 'keep') return 'keep';
    // Both times are SQS's. A message that entered the DLQ before its event was redriven is a copy; a later one failed again.
    const isCopy = message.sentAt < earlier.receivedAt;
    result[isCopy ? 'copies' : 'returned'] += 1;
    return isCopy ? 'delete' : 'keep';
  };

  const { unseen } = await scanQueue(sqs, queue, visit, { ...options, atOnce: 10 });
  return { ...result, unseen };
}
