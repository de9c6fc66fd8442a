import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { type DeadLetter, goThrough, type Verdict } from './go-through.ts';
import { isWanted, lookAt, type Selection } from './look.ts';
import { rateLimiter, realClock } from './pace.ts';

export interface RedriveOptions {
  readonly selection: Selection;
  /** Messages a second. */
  readonly perSecond: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (looked: number, of: number) => void;
}

export interface Redriven {
  /** Messages that run again. */
  sent: number;
  /** Further copies of them that were deleted: a crash while parking parks twice. */
  copies: number;
  /** Events that came back into the DLQ while the pass went on, and were left there. */
  again: number;
  /** Messages that SQS counts and did not show. */
  unseen: number;
}

/**
 * Puts the messages that are meant back on their source queue, one by one. Each is sent first and deleted then, so that
 * nothing is lost wherever this ends; what is sent twice by that changes nothing.
 */
export async function redriveMessages(
  sqs: SQSClient,
  queue: DeadLetterQueue,
  { selection, perSecond, signal, onProgress }: RedriveOptions,
): Promise<Redriven> {
  const result = { sent: 0, copies: 0, again: 0 };
  const sendings = new Map<string, { takenAt: number; verdict: Promise<Verdict> }>();
  const turn = rateLimiter(perSecond, realClock(signal));
  let looked = 0;

  const send = async (body: string, webhook: string | undefined): Promise<Verdict> => {
    await turn();
    if (signal?.aborted) return 'left';
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queue.source.url,
        MessageBody: body,
        ...(webhook !== undefined && { MessageGroupId: webhook }),
      }),
    );
    result.sent += 1;
    return 'done with';
  };

  const visit = async (message: DeadLetter): Promise<Verdict> => {
    looked += 1;
    onProgress?.(looked, Math.max(looked, queue.count));
    const { id, webhook } = lookAt(message, queue.sender);
    if (!isWanted(selection, { id, webhook })) return 'left';
    const earlier = sendings.get(id);
    if (!earlier) {
      const verdict = send(message.body, webhook);
      sendings.set(id, { takenAt: message.firstReceivedAt, verdict });
      return verdict;
    }
    if ((await earlier.verdict) === 'left') return 'left';
    // Both times are SQS's. Only what was in the DLQ before the event was redriven is a copy of what was redriven.
    const isCopy = message.sentAt < earlier.takenAt;
    result[isCopy ? 'copies' : 'again'] += 1;
    return isCopy ? 'done with' : 'left';
  };

  const { unseen } = await goThrough(sqs, queue, visit, { atOnce: 10, ...(signal && { signal }) });
  return { ...result, unseen };
}
