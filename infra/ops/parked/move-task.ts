import { setTimeout } from 'node:timers/promises';
import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  type ListMessageMoveTasksResultEntry,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { CommandError } from '../command.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';

export interface MoveOptions {
  /** Messages a second. */
  readonly perSecond: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (moved: number, of: number) => void;
  /** Milliseconds between two looks at the task. */
  readonly pollMs?: number;
}

/** What SQS says when it has no such action, or not for such a queue. */
const hasNone = /InvalidAction|UnknownOperation|UnsupportedOperation|NotImplemented/;
/** One queue has one task at a time. */
const alreadyRuns = /already a task running/i;

/**
 * Has SQS move a whole DLQ to its source queue, which must be named: SQS does not know where a message came from that was
 * sent into a DLQ. A task that is running already is followed to its end.
 * @returns how many were moved, or `none` when this SQS has no such task
 * @throws CommandError when the task fails
 */
export async function moveWhole(
  sqs: SQSClient,
  { arn, source, count }: Pick<DeadLetterQueue, 'arn' | 'source' | 'count'>,
  { perSecond, signal, onProgress, pollMs = 1000 }: MoveOptions,
): Promise<{ moved: number; stopped: boolean } | 'none'> {
  const latest = async (): Promise<ListMessageMoveTasksResultEntry> =>
    (await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 1 }))).Results?.[0] ?? {};
  /** When a task of before began, which SQS may tell a moment longer. */
  let earlier: number | undefined;
  try {
    let known = await latest();
    // One that was stopped a moment ago still counts as the queue's task.
    while (known.Status === 'CANCELLING') {
      if (signal?.aborted) return { moved: 0, stopped: true };
      await setTimeout(pollMs);
      known = await latest();
    }
    if (known.Status !== 'RUNNING') {
      earlier = known.StartedTimestamp;
      await sqs.send(
        new StartMessageMoveTaskCommand({
          SourceArn: arn,
          DestinationArn: source.arn,
          MaxNumberOfMessagesPerSecond: perSecond,
        }),
      );
    }
  } catch (error) {
    const { name, message } = Object(error) as { name?: unknown; message?: unknown };
    // Somebody else was quicker: that task is followed.
    if (!alreadyRuns.test(String(message))) {
      if (hasNone.test(String(name))) return 'none';
      throw error;
    }
  }

  let stopped = false;
  for (;;) {
    const told = await latest();
    const task = told.StartedTimestamp === earlier ? {} : told;
    const moved = Number(task.ApproximateNumberOfMessagesMoved ?? 0);
    const of = Number(task.ApproximateNumberOfMessagesToMove ?? count);
    onProgress?.(Math.min(moved, of), of);
    if (task.Status === 'FAILED') {
      throw new CommandError(
        `SQS moved ${moved} of ${of} messages, then its task failed: ${task.FailureReason}.`,
      );
    }
    if (task.Status === 'COMPLETED' || task.Status === 'CANCELLED') return { moved, stopped };
    // What fails again comes back into the DLQ, and the task would move it for as long as 36 hours.
    const again = moved > of;
    if ((signal?.aborted || again) && task.TaskHandle && task.Status === 'RUNNING') {
      stopped = !again;
      await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: task.TaskHandle }));
    }
    await setTimeout(pollMs, undefined, signal?.aborted ? {} : { signal }).catch(() => undefined);
  }
}
