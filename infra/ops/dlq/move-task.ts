import { setTimeout } from 'node:timers/promises';
import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  type ListMessageMoveTasksResultEntry,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { CommandError } from '../../cli/command-line.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';

export interface MoveOptions {
  /** Messages a second. */
  readonly perSecond: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (moved: number, of: number) => void;
  /** Milliseconds between two polls of the task. */
  readonly pollMs?: number;
}

/** The error names of an SQS without move tasks. */
const unsupported = /InvalidAction|UnknownOperation|UnsupportedOperation|NotImplemented/;
/** A queue has one task at a time. */
const alreadyRuns = /already a task running/i;

/**
 * Lets SQS move a whole DLQ to its source queue, and waits for the end. The call names the source queue, because SQS does
 * not know the origin of a message that was sent to a DLQ. When a task runs already, this follows it.
 * @returns how many messages were moved, or `unsupported` when this SQS has no move tasks
 * @throws CommandError when the task fails
 */
export async function moveQueue(
  sqs: SQSClient,
  { arn, source, count }: Pick<DeadLetterQueue, 'arn' | 'source' | 'count'>,
  { perSecond, signal, onProgress, pollMs = 1000 }: MoveOptions,
): Promise<{ moved: number; stopped: boolean } | 'unsupported'> {
  const latest = async (): Promise<ListMessageMoveTasksResultEntry> =>
    (await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 1 }))).Results?.[0] ?? {};
  /** The start of the previous task. SQS may still list that task just after a new one has started. */
  let previous: number | undefined;
  try {
    let known = await latest();
    // A task that is being cancelled still blocks the queue.
    while (known.Status === 'CANCELLING') {
      if (signal?.aborted) return { moved: 0, stopped: true };
      await setTimeout(pollMs);
      known = await latest();
    }
    if (known.Status !== 'RUNNING') {
      previous = known.StartedTimestamp;
      const rate = { MaxNumberOfMessagesPerSecond: perSecond };
      await sqs.send(
        new StartMessageMoveTaskCommand({ SourceArn: arn, DestinationArn: source.arn, ...rate }),
      );
    }
  } catch (error) {
    const { name, message } = Object(error);
    // Somebody else started a task first: this follows it.
    if (!alreadyRuns.test(String(message))) {
      if (unsupported.test(String(name))) return 'unsupported';
      throw error;
    }
  }

  let stopped = false;
  for (;;) {
    const listed = await latest();
    const task = listed.StartedTimestamp === previous ? {} : listed;
    const { Status, TaskHandle } = task;
    const moved = Number(task.ApproximateNumberOfMessagesMoved ?? 0);
    const of = Number(task.ApproximateNumberOfMessagesToMove ?? count);
    onProgress?.(Math.min(moved, of), of);
    if (Status === 'FAILED') {
      throw new CommandError(
        `SQS moved ${moved} of ${of} messages, then the move task failed: ${task.FailureReason}.`,
      );
    }
    if (Status === 'COMPLETED' || Status === 'CANCELLED') return { moved, stopped };
    // A message that fails again returns to the DLQ, and the task would move it again and again, for up to 36 hours.
    const repeats = moved > of;
    if ((signal?.aborted || repeats) && TaskHandle && Status === 'RUNNING') {
      stopped = !repeats;
      await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    }
    await setTimeout(pollMs, undefined, signal?.aborted ? {} : { signal }).catch(() => undefined);
  }
}
