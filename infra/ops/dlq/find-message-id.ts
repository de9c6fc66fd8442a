import { readParked } from '../../../lib/table/parked-deliveries.ts';
import { CommandError } from '../../cli/command-line.ts';
import { plural } from '../../cli/output.ts';
import { idThatBeginsWith } from '../../cli/short-ids.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { type DeadLetter, scanQueues } from './scan.ts';

/**
 * The whole id of the one message that begins with `typed`. It scans the DLQs, because the table does not know every
 * message there.
 * @throws CommandError when there is none, or several
 */
export async function findMessageId(
  typed: string,
  { sqs, dynamodb, table, command, now }: OpenBridge,
  queues: readonly DeadLetterQueue[],
  signal: AbortSignal,
): Promise<string> {
  const ids = new Set<string>();
  const note = async ({ id }: DeadLetter): Promise<'keep'> => {
    ids.add(id);
    return 'keep';
  };
  const unseen = await scanQueues(sqs, queues, note, { signal });
  if (signal.aborted) {
    throw new CommandError('Stopped, and nothing was changed. Run the same command to start again.');
  }
  const isNamed = (id: string): boolean => id.startsWith(typed);
  if (![...ids].some(isNamed)) {
    if (unseen > 0) {
      throw new CommandError(
        `No visible message has an id that begins with ${JSON.stringify(typed)}. ${hiddenMessages(unseen)}`,
      );
    }
    const known = (await readParked(dynamodb, table, now())).find(({ eventId }) => isNamed(eventId));
    if (known) {
      throw new CommandError(
        `Event ${known.eventId} was parked at ${known.parkedAt}, but no DLQ has its message. It was redriven ` +
          'and still waits in the queue, or somebody deleted it, or SQS deleted it 14 days after it was parked.',
      );
    }
  }
  return idThatBeginsWith(typed, ids, { place: 'the DLQ', listedBy: command('parked') });
}

export const hiddenMessages = (unseen: number): string =>
  `${plural(unseen, 'more message')} ${unseen === 1 ? 'is' : 'are'} hidden right now, ` +
  'probably by another redrive or an interrupted one. Try again in 10 minutes.';
