import { readParked } from '../../../lib/table/parked-deliveries.ts';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import { type ExitCode, interruptible, UsageError, wholeNumber } from '../../cli/command-line.ts';
import { duration, formatTime, indent, plural, progress } from '../../cli/output.ts';
import { fewestTyped, shortLength } from '../../cli/short-ids.ts';
import { type BridgeRun, bridgeCommand } from '../command.ts';
import { type DeadLetterQueue, deadLetterQueues, senderOf } from '../dlq/dead-letter-queue.ts';
import { findMessageId, hiddenMessages } from '../dlq/find-message-id.ts';
import { moveQueue } from '../dlq/move-task.ts';
import { redriveMessages } from '../dlq/redrive-messages.ts';
import { type DeadLetter, type Selection, scanQueue } from '../dlq/scan.ts';
import { previewBody } from '../preview/format-preview.ts';
import { type PreviewMessage, withPreviews } from '../preview/preview-message.ts';

/** The highest rate of SQS's own move task. */
const highestRate = 500;

interface RedriveOptions {
  readonly webhook?: string;
  readonly id?: string;
  readonly perSecond: number;
}

type Context = BridgeRun<RedriveOptions>;

export const parkedRedriveCommand = bridgeCommand<RedriveOptions>({
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
  parameters: (command) =>
    command
      .option('--webhook <name>', 'only messages of this webhook, such as stock-hub/v1/rma')
      .option('--id <id>', 'only the event with this id; its first characters are enough')
      .option(
        '--per-second <n>',
        `messages a second, up to ${highestRate}`,
        wholeNumber({ least: 1, most: highestRate }),
        10,
      ),
  dryRun: 'print what the worker would do with each message, and change nothing',
  check({ webhook, id }) {
    if (webhook !== undefined) senderOf(webhook);
    if (id !== undefined && id.length < fewestTyped) {
      throw new UsageError(`--id needs at least ${fewestTyped} characters of the id.`);
    }
  },
  async run(context) {
    const { bridge, options, isPreview, print } = context;
    const { webhook, id: typed } = options;
    const sender = webhook === undefined ? undefined : senderOf(webhook);
    const queues = await deadLetterQueues(bridge, sender);
    return interruptible(async (signal): Promise<ExitCode> => {
      const id = typed === undefined ? undefined : await findMessageId(typed, bridge, queues, signal);
      const pass = isPreview ? previewAll : redriveAll;
      const unseen = await pass(context, queues, { webhook, id }, signal);
      if (signal.aborted) print('Stopped. Run the same command to continue.');
      else if (unseen > 0) print(hiddenMessages(unseen));
      return signal.aborted || unseen > 0 ? 1 : 0;
    });
  },
});

/** Works on the selected messages of all DLQs. @returns how many messages SQS counts that a scan did not receive */
type Pass = (
  context: Context,
  queues: readonly DeadLetterQueue[],
  selection: Selection,
  signal: AbortSignal,
) => Promise<number>;

/** Previews each message as if only this one was redriven now. Every message stays in the DLQ. */
const previewAll: Pass = async ({ bridge, print }, queues, selection, signal) => {
  const now = bridge.now();
  const parked = await readParked(bridge.dynamodb, bridge.table, now);
  const idLength = shortLength(parked.map(({ eventId }) => eventId));
  const previewed = new Set<string>();
  let unseen = 0;
  await withPreviews(bridge, async (preview) => {
    for (const queue of queues) {
      const visit = async (message: DeadLetter): Promise<'keep'> => {
        const { id, webhook = 'unreadable', body } = message;
        if (previewed.has(id)) return 'keep';
        previewed.add(id);
        const lines = await previewOf(queue.name, body, nowFor(now, message), preview);
        print(`${webhook}  ${id.slice(0, idLength)}  ${formatParking(now, message)}`, ...indent(lines));
        return 'keep';
      };
      unseen += (await scanQueue(bridge.sqs, queue, visit, { selection, signal })).unseen;
    }
  });
  print(
    `${plural(previewed.size, 'message')} would be retried. (Each preview assumes that no other message runs first.) ` +
      'Nothing was changed.',
  );
  return unseen;
};

function previewOf(queue: string, ...[body, now, preview]: [string, number, PreviewMessage]) {
  const sender = senders.find(({ name }) => name === queue);
  return sender ? previewBody(body, sender, now, preview) : ['the rejected webhook would be stored'];
}

/** The later of the bridge's clock and SQS's. */
const nowFor = (now: number, { firstReceivedAt }: DeadLetter): number => Math.max(now, firstReceivedAt || 0);

function formatParking(now: number, message: DeadLetter): string {
  const { reason, sentAt } = message;
  if (reason === undefined) return 'moved here by SQS itself, after attempts that crashed';
  const age = duration((nowFor(now, message) - sentAt) / 1000);
  return `parked ${formatTime(new Date(sentAt).toISOString())} (${age} ago): ${reason}`;
}

const redriveAll: Pass = async ({ bridge: { sqs }, options, print }, queues, selection, signal) => {
  const { perSecond } = options;
  const isWhole = selection.webhook === undefined && selection.id === undefined;
  let unseen = 0;
  for (const queue of queues) {
    const { name } = queue;
    if (signal.aborted) break;
    if (isWhole && queue.count > 0) {
      const onProgress = showProgress(`redriving ${name}`);
      const task = await moveQueue(sqs, queue, { perSecond, signal, onProgress });
      if (task !== 'unsupported') {
        print(`${name}: ${plural(task.moved, 'message')} redriven.`);
        continue;
      }
      print(`${name}: this SQS has no move task, so the messages are sent one by one.`);
    }
    const onProgress = showProgress(`scanning ${name}`);
    const pass = await redriveMessages(sqs, queue, { selection, perSecond, signal, onProgress });
    print(`${name}: ${plural(pass.sent, 'message')} redriven.`);
    if (pass.copies > 0) print(`  ${pass.copies} more had been parked twice; the copies were deleted.`);
    if (pass.returned > 0) print(`  ${pass.returned} failed again meanwhile and stay in the DLQ.`);
    unseen += pass.unseen;
  }
  return unseen;
};

/** In a log, progress is shown only for long work. */
const showProgress =
  (what: string) =>
  (done: number, of: number): void => {
    if (process.stderr.isTTY || of >= 100) progress(what, done, of);
  };
