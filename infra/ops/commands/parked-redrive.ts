import { z } from 'zod';
import { isoTime } from '../../../lib/runtime/time.ts';
import { isDropped, readParked } from '../../../lib/table/parked-deliveries.ts';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import { interruptible, wholeNumber } from '../../cli/command-line.ts';
import { duration, formatTime, indent, plural, progress } from '../../cli/output.ts';
import { beginningOfId, shortLength } from '../../cli/short-ids.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { type BridgeRun, bridgeCommand } from '../command.ts';
import { type DeadLetterQueue, deadLetterQueues, senderNameOf } from '../dlq/dead-letter-queue.ts';
import { findMessageId, hiddenMessages } from '../dlq/find-message-id.ts';
import { moveQueue } from '../dlq/move-task.ts';
import { noteOperation } from '../dlq/note-operation.ts';
import { redriveMessages } from '../dlq/redrive-messages.ts';
import { type DeadLetter, type Selection, scanQueues } from '../dlq/scan.ts';
import type { ListOptions } from '../lists.ts';
import { previewBody } from '../preview/format-preview.ts';
import { withPreviews } from '../preview/preview-message.ts';
import { flag, list, maybe, number, text, texts } from '../result-fields.ts';

/** The highest rate of SQS's own move task. */
const highestRate = 500;

interface RedriveOptions extends ListOptions {
  readonly id?: string;
  readonly perSecond: number;
}

const Redriven = z.object({
  queues: list(
    {
      name: text('a sender, or quarantine'),
      redriven: number('messages that were sent to its queue'),
      copies: number('further copies of them that were deleted'),
      returned: number('messages that failed again meanwhile, and stay in the DLQ'),
      isOneByOne: flag(
        'whether the messages of a whole DLQ were sent one by one, as this SQS has no move task',
      ),
    },
    'the DLQs; empty with --dry-run',
  ),
  previews: list(
    {
      eventId: text('the id of the delivery'),
      webhook: maybe('null: the message is unreadable'),
      parkedAt: maybe('when the worker parked it; null: SQS did it itself'),
      reason: maybe('why the worker parked it'),
      steps: texts('what the worker would do, line by line'),
    },
    'with --dry-run: the messages, each as if only this one was redriven now',
  ),
  unseen: number('how many messages were hidden and not looked at'),
  stopped: flag('whether Ctrl-C stopped it'),
});
type Redriven = z.input<typeof Redriven>;

export const parkedRedriveCommand = bridgeCommand<RedriveOptions, typeof Redriven>({
  name: 'redrive',
  summary: 'retry parked messages, with a fresh 24 hours of attempts',
  description: `Sends each message of the DLQs to the queue it came from. A call to ItGoesForward that was
    done already is not repeated. SQS itself moves a whole DLQ where it can. Ctrl-C stops the command; run it
    again to continue.`,
  exit1: 'it was stopped, some messages were hidden, or there is no such message',
  examples: [
    'npx bridge parked redrive --dry-run',
    'npx bridge parked redrive --webhook stock-hub/v1/rma --per-second 50',
    'npx bridge parked redrive --id 1f0c77a2 --stage prod',
  ],
  result: Redriven,
  parameters: (command) =>
    command
      .option('--id <id>', 'only the event with this id; its first characters are enough', beginningOfId)
      .option(
        '--per-second <n>',
        `messages a second, up to ${highestRate}`,
        wholeNumber({ least: 1, most: highestRate }),
        10,
      ),
  by: 'who redrives it',
  dryRun: 'print what the worker would do with each message, and change nothing',
  async run(context) {
    const { bridge, options, isPreview } = context;
    const { webhook, id: typed } = options;
    const queues = await deadLetterQueues(bridge, webhook && senderNameOf(webhook));
    return interruptible(async (signal) => {
      const id = typed === undefined ? undefined : await findMessageId(typed, bridge, queues, signal);
      const pass = isPreview ? previewAll : redriveAll;
      const from = options.since?.(bridge.now());
      const since = from === undefined ? undefined : Date.parse(from);
      const passed = await pass(context, queues, { webhook, id, since }, signal);
      const stopped = signal.aborted;
      const nothing = { queues: [], previews: [] };
      return {
        result: { ...nothing, ...passed, stopped },
        exitCode: stopped || passed.unseen > 0 ? 1 : 0,
      };
    });
  },
  format({ queues, previews, unseen, stopped }, { isPreview, bridge }) {
    const idLength = shortLength(previews.map(({ eventId }) => eventId));
    return [
      ...previews.flatMap(({ eventId, webhook, steps, ...parked }) => [
        `${webhook ?? 'unreadable'}  ${eventId.slice(0, idLength)}  ${formatParking(parked, bridge.now())}`,
        ...indent(steps),
      ]),
      ...(isPreview
        ? [
            `${plural(previews.length, 'message')} would be retried. ` +
              '(Each preview assumes that no other message runs first.) Nothing was changed.',
          ]
        : queues.flatMap(formatQueue)),
      ...(stopped
        ? ['Stopped. Run the same command to continue.']
        : unseen > 0
          ? [hiddenMessages(unseen)]
          : []),
    ];
  },
});

const formatQueue = ({ name, redriven, copies, returned, isOneByOne }: Redriven['queues'][number]) => [
  ...(isOneByOne ? [`${name}: this SQS has no move task, so the messages are sent one by one.`] : []),
  `${name}: ${plural(redriven, 'message')} redriven.`,
  ...(copies > 0 ? [`  ${copies} more had been parked twice; the copies were deleted.`] : []),
  ...(returned > 0 ? [`  ${returned} failed again meanwhile and stay in the DLQ.`] : []),
];

function formatParking(
  { parkedAt, reason }: Pick<Redriven['previews'][number], 'parkedAt' | 'reason'>,
  now: number,
): string {
  if (!parkedAt) return 'moved here by SQS itself, after attempts that crashed';
  const age = duration((now - Date.parse(parkedAt)) / 1000);
  return `parked ${formatTime(parkedAt)} (${age} ago): ${reason}`;
}

/** Works on the selected messages of all DLQs. */
type Pass = (
  context: BridgeRun<RedriveOptions>,
  queues: readonly DeadLetterQueue[],
  selection: Selection,
  signal: AbortSignal,
) => Promise<Partial<Redriven> & Pick<Redriven, 'unseen'>>;

/** Previews each message as if only this one was redriven now. Every message stays in the DLQ. */
const previewAll: Pass = ({ bridge }, queues, selection, signal) =>
  withPreviews(bridge, async (preview) => {
    const previews = new Map<string, Redriven['previews'][number]>();
    const visit = async (message: DeadLetter, { name }: DeadLetterQueue): Promise<'keep'> => {
      const { id, webhook, body, reason, sentAt } = message;
      if (previews.has(id)) return 'keep';
      const sender = senders.find((one) => one.name === name);
      const steps = sender
        ? await previewBody(body, sender, preview)
        : ['the rejected webhook would be stored'];
      const parkedAt = reason === undefined ? null : isoTime(sentAt);
      previews.set(id, { eventId: id, webhook, parkedAt, reason, steps });
      return 'keep';
    };
    const unseen = await scanQueues(bridge.sqs, queues, visit, { selection, signal });
    return { previews: [...previews.values()], unseen };
  });

const redriveAll: Pass = async ({ bridge, options: { perSecond } }, queues, selection, signal) => {
  const { sqs } = bridge;
  const isWhole = Object.values(selection).every((value) => value === undefined);
  const redriven: Redriven['queues'] = [];
  let all = 0;
  for (const queue of queues) {
    if (signal.aborted) break;
    const { name } = queue;
    await noteRedrive(bridge, name, selection);
    const options = { perSecond, signal, onProgress: showProgress(`redriving ${name}`) };
    const task = isWhole && queue.count > 0 ? await moveQueue(sqs, queue, options) : undefined;
    if (task && task !== 'unsupported') {
      redriven.push({ name, redriven: task.moved, copies: 0, returned: 0, isOneByOne: false });
      continue;
    }
    const { sent, unseen, ...others } = await redriveMessages(sqs, queue, { ...options, selection });
    redriven.push({ name, redriven: sent, ...others, isOneByOne: task === 'unsupported' });
    all += unseen;
  }
  return { queues: redriven, unseen: all };
};

/** Who redrives comes first: the next attempt may end before another note. */
async function noteRedrive(bridge: OpenBridge, queue: string, selection: Selection): Promise<void> {
  const { webhook, id, since = 0 } = selection;
  const parked = await readParked(bridge.dynamodb, bridge.table, bridge.now());
  const chosen = parked.filter(
    (one) =>
      // Nothing is redriven of one whose message SQS has deleted.
      !isDropped(one, bridge.now()) &&
      senderNameOf(one.webhook) === queue &&
      (webhook ?? one.webhook) === one.webhook &&
      (id ?? one.eventId) === one.eventId &&
      Date.parse(one.parkedAt) >= since,
  );
  if (chosen.length === 0) return;
  const [at, by] = [isoTime(bridge.now()), await bridge.caller()];
  for (const delivery of chosen) await noteOperation(bridge, delivery, { did: 'redriven', at, by });
}

/** In a log, progress is shown only for long work. */
const showProgress =
  (what: string) =>
  (done: number, of: number): void => {
    if (process.stderr.isTTY || of >= 100) progress(what, done, of);
  };
