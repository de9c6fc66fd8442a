import type { Command } from 'commander';
import { readParked } from '../../../lib/table/parked-deliveries.ts';
import {
  addExamples,
  type ExitCode,
  type Terminal,
  UsageError,
  wholeNumber,
} from '../../cli/command-line.ts';
import { plural, progress } from '../../cli/output.ts';
import { fewestTyped, shortLength } from '../../cli/short-ids.ts';
import { type OpenBridge, withBridge } from '../aws/open-bridge.ts';
import type { PlaceOptions } from '../aws/place.ts';
import { type DeadLetterQueue, deadLetterQueues } from '../dlq/dead-letter-queue.ts';
import { findMessageId, hiddenMessages } from '../dlq/find-message-id.ts';
import { type Selection, senderOf } from '../dlq/inspect.ts';
import { interruptible } from '../dlq/interruptible.ts';
import { moveQueue } from '../dlq/move-task.ts';
import { redriveMessages } from '../dlq/redrive-messages.ts';
import { previewMessages } from '../preview/preview-messages.ts';

/** The highest rate of SQS's own move task. */
const highestRate = 500;

const calls =
  'dynamodb:Query and GetItem (table and index tasks), sqs:GetQueueAttributes, ReceiveMessage, ChangeMessageVisibility, ' +
  'DeleteMessage, SendMessage, StartMessageMoveTask, ListMessageMoveTasks and CancelMessageMoveTask';

interface RedriveOptions extends PlaceOptions {
  readonly preview?: true;
  readonly dryRun?: true;
  readonly webhook?: string;
  readonly id?: string;
  readonly perSecond: number;
}

/** Sends parked messages to their source queue again. */
export function addParkedRedrive(parked: Command, terminal: Terminal): void {
  const command = parked
    .command('redrive')
    .summary('retry parked messages, with a fresh 24 hours of attempts')
    .description(
      `Sends each message of the DLQs to the queue it came from. A call to ItGoesForward that was done already is not repeated. SQS itself moves a whole DLQ where it can. Ctrl-C stops the command; run it again to
continue.
Exit code 1: it was stopped, some messages were hidden, or there is no such message.`,
    )
    .option('--preview', 'print what the worker would do with each message, and change nothing')
    .option('--dry-run', 'the same as --preview')
    .option('--webhook <name>', 'only messages of this webhook, such as stock-hub/v1/rma')
    .option('--id <id>', 'only the event with this id; its first characters are enough')
    .option(
      '--per-second <n>',
      `messages a second, up to ${highestRate}`,
      wholeNumber({ least: 1, most: highestRate }),
      10,
    );
  addExamples(
    command,
    'npx bridge parked redrive --preview',
    'npx bridge parked redrive --webhook stock-hub/v1/rma --per-second 50',
    'npx bridge parked redrive --id 1f0c77a2 --stage prod',
  ).action(async () => {
    const options: RedriveOptions = command.optsWithGlobals();
    terminal.exitCode = await redrive(options, terminal);
  });
}

async function redrive(options: RedriveOptions, { print }: Terminal): Promise<ExitCode> {
  const { webhook, id: typed, perSecond } = options;
  const sender = webhook === undefined ? undefined : senderOf(webhook).name;
  if (typed !== undefined && typed.length < fewestTyped) {
    throw new UsageError(`--id needs at least ${fewestTyped} characters of the id.`);
  }
  return withBridge(options, calls, async (bridge) => {
    if (sender !== undefined) bridge.queueUrl(sender);
    const all = await deadLetterQueues(bridge.sqs, bridge);
    const queues = all.filter((queue) => sender === undefined || queue.sender.name === sender);
    return interruptible(async (signal) => {
      const id = typed === undefined ? undefined : await findMessageId(typed, bridge, queues, signal);
      const pass = { selection: { webhook, id }, perSecond, signal, print };
      return options.preview || options.dryRun
        ? previewAll(bridge, queues, pass)
        : redriveAll(bridge, queues, pass);
    });
  });
}

interface Pass {
  readonly selection: Selection;
  readonly perSecond: number;
  readonly signal: AbortSignal;
  print(line: string): void;
}

async function previewAll(
  bridge: OpenBridge,
  queues: readonly DeadLetterQueue[],
  { selection, signal, print }: Pass,
): Promise<ExitCode> {
  const parked = await readParked(bridge.dynamodb, bridge.table, Date.now());
  const idLength = shortLength(parked.map(({ eventId }) => eventId));
  let previewed = 0;
  let unseen = 0;
  for (const queue of queues) {
    const found = await previewMessages(bridge, queue, { selection, idLength, print, signal });
    previewed += found.previewed;
    unseen += found.unseen;
  }
  print(
    `${plural(previewed, 'message')} would be retried. (Each preview assumes that no other message runs first.) ` +
      'Nothing was changed.',
  );
  return finish(unseen, signal, print);
}

async function redriveAll(
  { sqs }: OpenBridge,
  queues: readonly DeadLetterQueue[],
  { selection, perSecond, signal, print }: Pass,
): Promise<ExitCode> {
  const isWhole = selection.webhook === undefined && selection.id === undefined;
  let unseen = 0;
  for (const queue of queues) {
    const { name } = queue.sender;
    if (signal.aborted) break;
    if (isWhole && queue.count > 0) {
      const onProgress = (moved: number, of: number) => showProgress(`redriving ${name}`, moved, of);
      const task = await moveQueue(sqs, queue, { perSecond, signal, onProgress });
      if (task !== 'unsupported') {
        print(`${name}: ${plural(task.moved, 'message')} redriven.`);
        continue;
      }
      print(`${name}: this SQS has no move task, so the messages are sent one by one.`);
    }
    const onProgress = (scanned: number, of: number) => showProgress(`scanning ${name}`, scanned, of);
    const pass = await redriveMessages(sqs, queue, { selection, perSecond, signal, onProgress });
    print(`${name}: ${plural(pass.sent, 'message')} redriven.`);
    if (pass.copies > 0) print(`  ${pass.copies} more had been parked twice; the copies were deleted.`);
    if (pass.returned > 0) print(`  ${pass.returned} failed again meanwhile and stay in the DLQ.`);
    unseen += pass.unseen;
  }
  return finish(unseen, signal, print);
}

/** In a log, progress is shown only for long work. */
const showProgress = (what: string, done: number, of: number): void => {
  if (process.stderr.isTTY || of >= 100) progress(what, done, of);
};

/** Prints why the pass is incomplete, if it is. */
function finish(unseen: number, signal: AbortSignal, print: (line: string) => void): ExitCode {
  if (signal.aborted) print('Stopped. Run the same command to continue.');
  else if (unseen > 0) print(hiddenMessages(unseen));
  return signal.aborted || unseen > 0 ? 1 : 0;
}
