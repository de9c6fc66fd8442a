import { z } from 'zod';
import { resolveRejection, storeRejection } from '../../../lib/quarantine/rejected-delivery.ts';
import { rejectedItems } from '../../../lib/quarantine/rejected-items.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { isDropped, readParked, readRetried } from '../../../lib/table/parked-deliveries.ts';
import { CommandError, interruptible, said } from '../../cli/command-line.ts';
import { plural } from '../../cli/output.ts';
import { beginningOfId } from '../../cli/short-ids.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { deadLetterQueues } from '../dlq/dead-letter-queue.ts';
import { findMessageId, hiddenMessages } from '../dlq/find-message-id.ts';
import { noteOperation, type Operation } from '../dlq/note-operation.ts';
import { type DeadLetter, type ScanVerdict, scanQueues } from '../dlq/scan.ts';
import { type ListOptions, takesOneId } from '../lists.ts';
import { flag, maybe, number, text } from '../result-fields.ts';

interface DismissOptions extends ListOptions {
  readonly reason: string;
}

const Dismissed = z.object({
  eventId: text('the id of the delivery'),
  webhook: maybe('null: the message is unreadable'),
  orderId: maybe('null: the table does not know its order'),
  messages: number('how many messages of it were in DLQs'),
  unseen: number('how many messages of the DLQs were hidden and not looked at'),
  by: text('who dismissed it'),
  dismissed: flag('false with --dry-run'),
});

type Result = z.input<typeof Dismissed> & {
  /** The table says that SQS has its message, and no DLQ had it. */
  readonly isElsewhere: boolean;
};

export const parkedDismissCommand = bridgeCommand<DismissOptions, typeof Dismissed, Result>({
  name: 'dismiss',
  summary: 'give up a parked message for good',
  description: `Takes a parked message off the list and out of its DLQ. The table keeps its body, with who dismissed it,
    when and why: under its order for 90 days, or without a known order among the rejected deliveries for 30 days.
    A return that waits for the message stays as it is.`,
  exit1: 'there is no such message, no DLQ has it any more, some messages were hidden, or it was stopped',
  examples: ['npx bridge parked dismiss 1f0c77a2 --reason "a test order" --stage prod'],
  result: Dismissed,
  parameters: (command) =>
    command
      .argument('<id>', 'the id of the delivery; its first characters are enough', beginningOfId)
      .requiredOption('--reason <text>', 'why, for those who look at the order later', said),
  by: 'who dismisses it',
  dryRun: 'print what would be dismissed, and change nothing',
  check: takesOneId,
  async run({ bridge, options, isPreview }, typed: string) {
    const { dynamodb, table, sqs, now } = bridge;
    const [at, by, { reason }] = [isoTime(now()), await bridge.caller(), options];
    const operation: Operation = { did: 'dismissed', at, by, reason };
    const parked = await readParked(dynamodb, table, now());
    const queues = await deadLetterQueues(bridge);
    return interruptible(async (signal) => {
      const [only, ...others] = parked.filter(({ eventId }) => eventId.startsWith(typed));
      // SQS may have deleted the message of one that the table still has.
      const id =
        only && others.length === 0 ? only.eventId : await findMessageId(typed, bridge, queues, signal);
      const inTable = parked.find(({ eventId }) => eventId === id);
      // After attempts that crashed, SQS moves a message that the table still has as retried.
      const retried = inTable ? [] : await readRetried(dynamodb, table, now());
      const known =
        inTable ??
        retried.find(
          (one): one is typeof one & { orderId: string } => one.eventId === id && one.orderId !== undefined,
        );
      const found: DeadLetter[] = [];
      const visit = async (message: DeadLetter): Promise<ScanVerdict> => {
        found.push(message);
        if (isPreview) return 'keep';
        if (!known) await keepBody(bridge, message, operation);
        return 'delete';
      };
      if (known && !isPreview && !(await noteOperation(bridge, known, operation))) {
        throw new CommandError(`Event ${id} is parked no more: nothing was dismissed.`);
      }
      const unseen = await scanQueues(sqs, queues, visit, { selection: { id }, signal });
      if (signal.aborted) throw new CommandError('Stopped. Run the same command to continue.');
      const isElsewhere =
        inTable !== undefined && !isDropped(inTable, now()) && found.length === 0 && unseen === 0;
      const result = {
        ...{ eventId: id, webhook: known?.webhook ?? found[0]?.webhook, orderId: known?.orderId },
        ...{ messages: found.length, unseen, by, dismissed: !isPreview, isElsewhere },
      };
      return { result, exitCode: unseen > 0 || isElsewhere ? 1 : 0 };
    });
  },
  format: ({ eventId, webhook, orderId, messages, unseen, by, dismissed, isElsewhere }) => [
    `${webhook ?? 'unreadable'}  ${eventId}${orderId ? `  order ${orderId}` : ''}`,
    dismissed
      ? `Dismissed, by ${by}. ${plural(messages, 'message')} left the DLQ.`
      : `${plural(messages, 'message')} would leave the DLQ. Nothing was changed.`,
    ...(unseen > 0 ? [hiddenMessages(unseen)] : []),
    ...(isElsewhere
      ? ['No DLQ has its message. If it was redriven, it waits in its queue, and the worker attempts it.']
      : []),
  ],
});

/** The table does not have this message, so it is kept as a rejected delivery that nobody has to look at. */
async function keepBody(
  bridge: OpenBridge,
  { id, webhook = 'unreadable', body, reason = 'moved to the DLQ by SQS itself' }: DeadLetter,
  { at, by, reason: why }: Operation,
): Promise<void> {
  const items = rejectedItems(bridge.items, bridge.now);
  const rejection = {
    ...{ schema: 1 as const, id, webhook, delivery: id, receivedAt: at, version: '', correlationId: '' },
    ...{ errors: [{ path: '', message: reason }], body: Buffer.from(body) },
  };
  await storeRejection(rejection, items);
  await resolveRejection(id, { as: 'dismissed', at, by, ...(why !== undefined && { reason: why }) }, items);
}
