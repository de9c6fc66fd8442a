import { readParked } from '../../../lib/table/parked-deliveries.ts';
import { progress } from '../../cli/progress.ts';
import { fewestTyped, idThatBeginsWith, shortLength } from '../../cli/short-ids.ts';
import { type OpenBridge, placeDetails, placeOptions, withBridge } from '../aws/open-bridge.ts';
import { type Command, CommandError, type CommandInput, UsageError } from '../command.ts';
import { type DeadLetterQueue, deadLetterQueues } from './dead-letter-queue.ts';
import { goThrough } from './go-through.ts';
import { interruptible } from './interruptible.ts';
import { lookAt, type Selection, senderOf } from './look.ts';
import { moveWhole } from './move-task.ts';
import { previewMessages } from './preview-messages.ts';
import { redriveMessages } from './redrive-messages.ts';

const usualRate = 10;
/** What SQS's own move task takes. */
const highestRate = 500;

const needs =
  'dynamodb:Query and GetItem (table and index work), sqs:GetQueueAttributes, ReceiveMessage, ChangeMessageVisibility, DeleteMessage, SendMessage, StartMessageMoveTask, ListMessageMoveTasks and CancelMessageMoveTask';

/** Has messages that were given up run again. */
export const redrive: Command = {
  name: 'failed redrive',
  positionals: [],
  options: {
    preview: {
      type: 'boolean',
      about: 'only tell of each message where its returns stand, and what would follow',
    },
    webhook: { type: 'string', about: 'only messages of this webhook, such as stock-hub/v1/rma' },
    id: { type: 'string', about: 'only this event, by the beginning of its id' },
    'per-second': {
      type: 'string',
      about: `how many messages a second (1 to ${highestRate}; ${usualRate} without it)`,
    },
    ...placeOptions,
  },
  summary: 'has what was given up run again, with a fresh 24 hours',
  details: `Goes through the DLQs once and puts each message back on the queue it came from; what was done meanwhile is not done
twice. Ctrl-C stops it, and the same command goes on. --preview changes nothing: it decides as the worker would, by the
policy of cdk.json, about each message alone. A whole DLQ is moved by SQS itself where it can. Exit code 1: stopped
early, some messages did not show, or there was no such message.

${placeDetails}`,
  async run(input, print) {
    const perSecond = rateOf(input);
    const { webhook, id: typed } = textsOf(input);
    const sender = webhook === undefined ? undefined : senderOf(webhook).name;
    if (typed !== undefined && typed.length < fewestTyped) {
      throw new UsageError(`--id needs at least ${fewestTyped} characters of the id.`);
    }
    return withBridge(input, needs, async (bridge) => {
      if (sender !== undefined) bridge.queueUrl(sender);
      const all = await deadLetterQueues(bridge);
      const queues = all.filter((queue) => sender === undefined || queue.sender.name === sender);
      return interruptible(async (signal) => {
        const id = typed === undefined ? undefined : await idOf(typed, bridge, queues, signal);
        const options = { selection: { webhook, id }, perSecond, signal, print };
        return input.options.preview
          ? previewAll(bridge, queues, options)
          : redriveAll(bridge, queues, options);
      });
    });
  },
};

interface Options {
  readonly selection: Selection;
  readonly perSecond: number;
  readonly signal: AbortSignal;
  print(line: string): void;
}

function rateOf({ options }: CommandInput): number {
  const typed = options['per-second'] ?? String(usualRate);
  const rate = Number(typed);
  if (Number.isInteger(rate) && rate >= 1 && rate <= highestRate) return rate;
  throw new UsageError(
    `--per-second takes a whole number from 1 to ${highestRate}, not ${JSON.stringify(typed)}.`,
  );
}

const textsOf = ({ options: { webhook, id } }: CommandInput) => ({
  webhook: typeof webhook === 'string' ? webhook : undefined,
  id: typeof id === 'string' ? id : undefined,
});

/** The id that was typed in part, among those of the DLQs: the table does not know every message. */
async function idOf(
  typed: string,
  bridge: OpenBridge,
  queues: readonly DeadLetterQueue[],
  signal: AbortSignal,
): Promise<string> {
  const ids = new Set<string>();
  let unseen = 0;
  for (const queue of queues) {
    const note = async (message: Parameters<typeof lookAt>[0]) => {
      ids.add(lookAt(message, queue.sender).id);
      return 'left' as const;
    };
    unseen += (await goThrough(bridge.sqs, queue, note, { signal })).unseen;
  }
  if (signal.aborted)
    throw new CommandError('Stopped early, nothing was changed: the same command begins anew.');
  if (![...ids].some((id) => id.startsWith(typed))) {
    if (unseen > 0) {
      throw new CommandError(
        `No message that shows has an id that begins with ${JSON.stringify(typed)}; ${hidden(unseen)}`,
      );
    }
    await explainMissing(typed, bridge);
  }
  return idThatBeginsWith(typed, ids, { place: 'the DLQ', listedBy: 'failed' });
}

/** @throws CommandError when the table knows the event: then its message is what is missing */
async function explainMissing(typed: string, { dynamodb, table }: OpenBridge): Promise<void> {
  const parked = await readParked(dynamodb, table, Date.now());
  const known = parked.find(({ eventId }) => eventId.startsWith(typed));
  if (!known) return;
  throw new CommandError(
    `Event ${known.eventId} was parked at ${known.parkedAt}, and its message is in no DLQ: it was redriven and is not worked on yet, was taken out by hand, or SQS dropped it after 14 days.`,
  );
}

async function previewAll(
  bridge: OpenBridge,
  queues: readonly DeadLetterQueue[],
  { selection, signal, print }: Options,
): Promise<0 | 1> {
  const parked = await readParked(bridge.dynamodb, bridge.table, Date.now());
  const idLength = shortLength(parked.map(({ eventId }) => eventId));
  let told = 0;
  let unseen = 0;
  for (const queue of queues) {
    const found = await previewMessages(bridge, queue, { selection, idLength, print, signal });
    told += found.told;
    unseen += found.unseen;
  }
  print(`${counted(told)} would run again, each told as if it ran alone. Nothing was changed.`);
  return ended(unseen, signal, print);
}

async function redriveAll(
  { sqs }: OpenBridge,
  queues: readonly DeadLetterQueue[],
  { selection, perSecond, signal, print }: Options,
): Promise<0 | 1> {
  const isWhole = selection.webhook === undefined && selection.id === undefined;
  let unseen = 0;
  for (const queue of queues) {
    const { name } = queue.sender;
    if (signal.aborted) break;
    if (isWhole && queue.count > 0) {
      const onProgress = (moved: number, of: number) => showProgress(`redriving ${name}`, moved, of);
      const task = await moveWhole(sqs, queue, { perSecond, signal, onProgress });
      if (task !== 'none') {
        print(`${name}: ${counted(task.moved)} redriven.`);
        continue;
      }
      print(`${name}: this SQS has no move task, so the messages are sent one by one.`);
    }
    const onProgress = (looked: number, of: number) => showProgress(`looking through ${name}`, looked, of);
    const { sent, copies, again, ...pass } = await redriveMessages(sqs, queue, {
      selection,
      perSecond,
      signal,
      onProgress,
    });
    print(`${name}: ${counted(sent)} redriven.`);
    if (copies > 0) print(`  ${copies} more had been parked twice, and were deleted.`);
    if (again > 0) print(`  ${again} came back meanwhile, and were left in the DLQ.`);
    unseen += pass.unseen;
  }
  return ended(unseen, signal, print);
}

/** Into a log only where it takes long. */
const showProgress = (what: string, done: number, of: number): void => {
  if (process.stderr.isTTY || of >= 100) progress(what, done, of);
};

const counted = (number: number): string => `${number} message${number === 1 ? '' : 's'}`;

const hidden = (unseen: number): string =>
  `SQS counts ${unseen} more that did not show: another command looks at them, or one that was killed did. Try again in 10 minutes.`;

/** What is to be said at the end, if anything. @returns the exit code */
function ended(unseen: number, signal: AbortSignal, print: (line: string) => void): 0 | 1 {
  if (signal.aborted) print('Stopped early: the same command goes on.');
  else if (unseen > 0) print(hidden(unseen));
  return signal.aborted || unseen > 0 ? 1 : 0;
}
