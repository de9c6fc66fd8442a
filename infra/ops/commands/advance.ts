import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { isSameReturn } from '../../../lib/returns/order.ts';
import { returnId } from '../../../lib/returns/return-item.ts';
import { bridgeTable } from '../../../lib/table/bridge-table.ts';
import { addExamples, CommandError, type Terminal, UsageError, wholeNumber } from '../../cli/command-line.ts';
import { formatTime, indent, plural, shellCommand } from '../../cli/output.ts';
import { type KeptBack, readKeptBack } from '../advance/kept-back.ts';
import { releaseReturn } from '../advance/release-return.ts';
import { sendAdvance } from '../advance/send-advance.ts';
import { findReturn } from '../attention/waiting-returns.ts';
import { type OpenBridge, withBridge } from '../aws/open-bridge.ts';
import { addPlaceOptions, modeLine, type PlaceOptions } from '../aws/place.ts';
import { formatReturn } from '../preview/format-preview.ts';
import { previewAdvance } from '../preview/preview-advance.ts';
import { withPreviews } from '../preview/preview-message.ts';

const calls = 'dynamodb:Query and PutItem (table and index tasks), sqs:SendMessage';

interface AdvanceOptions extends PlaceOptions {
  readonly all?: true;
  readonly newerThan: number;
  readonly order?: string;
  readonly release?: true;
  readonly by?: string;
  readonly preview?: true;
  readonly dryRun?: true;
}

/** Lets the worker decide again about orders that no webhook will report on. */
export function addAdvance(bridge: Command, { print }: Terminal): void {
  const command = bridge
    .command('advance')
    .argument('[return]', 'RMA and item of one return: 000000093/90')
    .summary('decide again about what mode=observe kept back, an order, or a return')
    .description(
      `The worker decides again, within seconds. --all takes every return of which mode=observe kept a call to
ItGoesForward back and that was requested in the last days, and lists the others. Preview it first: with mode=live each
of them may be listed.`,
    )
    .option('--all', 'everything that mode=observe kept back')
    .option('--newer-than <days>', 'with --all: requested in this many days', wholeNumber({ least: 0 }), 14)
    .option('--order <order>', "this order, by Winkelstraat's number; or the order of the return")
    .option('--release', 'forward the return although its reason, condition or resolution once ruled it out')
    .option('--by <name>', 'with --release: who decided it; default: your user name on this machine')
    .option('--preview', 'print what the worker would do, and change nothing')
    .option('--dry-run', 'the same as --preview');
  addExamples(
    command,
    'npx bridge advance --all --preview --stage prod',
    'npx bridge advance --order 000000549',
    'npx bridge advance 000000093/90 --release',
  );
  addPlaceOptions(command).action(async (typed: string | undefined, options: AdvanceOptions) => {
    checkUsage(typed, options);
    await withBridge(options, calls, async (place) => {
      print(modeLine(place));
      if (options.all) return advanceAll(place, options, print);
      if (typed !== undefined) return advanceOne(place, typed, options, print);
      return advanceOrders(place, [options.order ?? ''], options, print);
    });
  });
}

function checkUsage(typed: string | undefined, { all, order, release }: AdvanceOptions): void {
  if (all && (typed !== undefined || order !== undefined)) {
    throw new UsageError('advance takes --all, or an order, or a return.');
  }
  if (!all && typed === undefined && order === undefined) {
    throw new UsageError('advance needs --all, --order <order> or a return (npx bridge advance --help).');
  }
  if (release && typed === undefined) throw new UsageError('--release needs a return: 000000093/90.');
}

type Print = (line: string) => void;

const isPreview = ({ preview, dryRun }: AdvanceOptions): boolean => preview === true || dryRun === true;

async function advanceAll(bridge: OpenBridge, options: AdvanceOptions, print: Print): Promise<void> {
  const { newerThan } = options;
  const now = new Date().toISOString();
  const { recent, older } = await readKeptBack(bridge, { newerThanDays: newerThan, now });
  if (recent.length + older.length === 0) return print('Nothing is kept back.');
  await advanceOrders(bridge, [...new Set(recent.map(({ item }) => item.orderId))], options, print);
  if (older.length === 0) return;
  print(
    `Not advanced, because ${older.length === 1 ? 'it was' : 'they were'} requested more than ${plural(newerThan, 'day')} ago:`,
  );
  for (const line of indent(older.map(formatKeptBack))) print(line);
}

const formatKeptBack = ({ item, requestedAt }: KeptBack): string =>
  `order ${item.orderId}, return ${returnId(item)}, requested ${formatTime(requestedAt)}: ${shellCommand('npx', 'bridge', 'advance', '--order', item.orderId)}`;

/** Lets the worker decide again about these orders, or prints what it would do. */
async function advanceOrders(
  bridge: OpenBridge,
  orderIds: readonly string[],
  options: AdvanceOptions,
  print: Print,
): Promise<void> {
  for (const orderId of orderIds) {
    const { returns } = await bridgeTable(bridge.dynamodb, bridge.table).readOrder(orderId);
    if (returns.length === 0) throw new CommandError(`There is no return of order ${orderId} in the table.`);
  }
  if (isPreview(options)) {
    await withPreviews(bridge, async (preview) => {
      for (const orderId of orderIds) {
        for (const previewed of await previewAdvance(preview, orderId)) print(formatReturn(previewed));
      }
    });
    return print(`${plural(orderIds.length, 'order')} would be advanced. Nothing was changed.`);
  }
  const cause = `ADVANCE#${new Date().toISOString()}`;
  const correlationId = randomUUID();
  for (const orderId of orderIds) await sendAdvance(bridge, orderId, cause, correlationId);
  print(`${plural(orderIds.length, 'order')} advanced. npx bridge order <order> shows the result.`);
}

async function advanceOne(
  bridge: OpenBridge,
  typed: string,
  options: AdvanceOptions,
  print: Print,
): Promise<void> {
  const item = await findReturn(bridge, typed, options.order);
  const release = { at: new Date().toISOString(), by: options.by ?? userInfo().username };
  print(`Order ${item.orderId}, return ${typed}: ${item.state}. ${item.why}`);
  if (isPreview(options)) {
    const returns = await withPreviews(bridge, (preview) =>
      previewAdvance(preview, item.orderId, async (overlay) => {
        if (options.release) await releaseReturn(overlay, item, release);
      }),
    );
    for (const previewed of returns.filter(({ after }) => isSameReturn(after, item))) {
      print(formatReturn(previewed));
    }
    return print('Nothing was changed.');
  }
  // Without a queue nothing may be stored.
  bridge.queueUrl();
  if (options.release) await releaseReturn(bridge, item, release);
  const cause = `${options.release ? 'RELEASE' : 'ADVANCE'}#${typed}#${release.at}`;
  await sendAdvance(bridge, item.orderId, cause, randomUUID());
  print(
    `${options.release ? `Released, by ${release.by}` : 'Advanced'}. ${shellCommand('npx', 'bridge', 'order', item.orderId)} shows the result.`,
  );
}
