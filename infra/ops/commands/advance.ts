import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { npxBridge } from '../../../lib/returns/npx-bridge.ts';
import { returnId } from '../../../lib/returns/return-item.ts';
import { addSeconds, isoTime } from '../../../lib/runtime/time.ts';
import { bridgeTable } from '../../../lib/table/bridge-table.ts';
import { CommandError, UsageError, wholeNumber } from '../../cli/command-line.ts';
import { formatTime, indent, plural } from '../../cli/output.ts';
import { modeLine, type TableClient } from '../aws/open-bridge.ts';
import { type BridgeRun, bridgeCommand } from '../command.ts';
import { formatReturn } from '../preview/format-preview.ts';
import { withPreviews } from '../preview/preview-message.ts';
import {
  changeAndAdvance,
  previewAdvance,
  previewChange,
  releaseReturn,
  sendAdvance,
} from '../returns/change-return.ts';
import { findReturn, type KeptBack, readKeptBack } from '../returns/waiting-returns.ts';

interface AdvanceOptions {
  readonly all?: true;
  readonly newerThan: number;
  readonly order?: string;
  readonly release?: true;
  readonly by?: string;
}

type Context = BridgeRun<AdvanceOptions>;

export const advanceCommand = bridgeCommand<AdvanceOptions>({
  name: 'advance',
  summary: 'decide again about what mode=observe kept back, an order, or a return',
  description: `The worker decides again, within seconds. --all takes every return that mode=observe kept
    back and that was requested in the last days. It lists the older ones, and leaves them. Preview it first:
    with mode=live each return may be listed at ItGoesForward.`,
  examples: [
    'npx bridge advance --all --dry-run --stage prod',
    'npx bridge advance --order 000000549',
    'npx bridge advance 000000093/90 --release',
  ],
  parameters: (command) =>
    command
      .argument('[return]', 'RMA and item of one return: 000000093/90')
      .option('--all', 'everything that mode=observe kept back')
      .option('--newer-than <days>', 'with --all: requested in this many days', wholeNumber({ least: 0 }), 14)
      .option('--order <order>', "this order, by Winkelstraat's number; or the order of the return")
      .option(
        '--release',
        'forward the return although its reason, condition or resolution once ruled it out',
      )
      .option('--by <name>', 'with --release: who decided it; default: your user name on this machine'),
  dryRun: 'print what the worker would do, and change nothing',
  check({ all, order, release }, typed?: string) {
    if (all && (typed !== undefined || order !== undefined)) {
      throw new UsageError('advance takes only one of these: --all, an order, or a return.');
    }
    if (!all && typed === undefined && order === undefined) {
      throw new UsageError('advance needs --all, --order <order> or a return (npx bridge advance --help).');
    }
    if (release && typed === undefined) throw new UsageError('--release needs a return: 000000093/90.');
  },
  async run(context, typed?: string) {
    const { bridge, options, print } = context;
    print(modeLine(bridge));
    if (options.all) return advanceAll(context);
    if (typed !== undefined) return advanceOne(context, typed);
    return advanceOrders(context, [options.order ?? '']);
  },
});

async function advanceAll(context: Context): Promise<void> {
  const { bridge, options, print } = context;
  const from = addSeconds(isoTime(bridge.now()), -options.newerThan * 24 * 60 * 60);
  const keptBack = await readKeptBack(bridge);
  if (keptBack.length === 0) return print('Nothing is kept back.');
  const { recent = [], older = [] } = Object.groupBy(keptBack, ({ requestedAt }) =>
    requestedAt >= from ? 'recent' : 'older',
  );
  await advanceOrders(context, [...new Set(recent.map(({ item }) => item.orderId))]);
  if (older.length === 0) return;
  const days = plural(options.newerThan, 'day');
  print(
    `Not advanced, because ${older.length === 1 ? 'it was' : 'they were'} requested more than ${days} ago:`,
    ...indent(older.map((kept) => formatKeptBack(kept, bridge.stage.name))),
  );
}

function formatKeptBack({ item, requestedAt }: KeptBack, stage: string): string {
  const command = npxBridge(stage, 'advance', '--order', item.orderId);
  return `order ${item.orderId}, return ${returnId(item)}, requested ${formatTime(requestedAt)}: ${command}`;
}

/** Lets the worker decide again about these orders, or prints what it would do. */
async function advanceOrders({ bridge, isPreview, print }: Context, orderIds: string[]): Promise<void> {
  for (const orderId of orderIds) {
    const { returns } = await bridgeTable(bridge.dynamodb, bridge.table).readOrder(orderId);
    if (returns.length === 0) throw new CommandError(`There is no return of order ${orderId} in the table.`);
  }
  if (isPreview) {
    const now = bridge.now();
    await withPreviews(bridge, async (preview) => {
      for (const orderId of orderIds)
        print(...(await previewAdvance(preview, orderId, now)).map((each) => formatReturn(each, now)));
    });
    return print(`${plural(orderIds.length, 'order')} would be advanced. Nothing was changed.`);
  }
  const cause = `ADVANCE#${isoTime(bridge.now())}`;
  const correlationId = randomUUID();
  for (const orderId of orderIds) await sendAdvance(bridge, orderId, cause, correlationId);
  print(
    `${plural(orderIds.length, 'order')} advanced. ${npxBridge(bridge.stage.name, 'order')} <order> shows the result.`,
  );
}

async function advanceOne({ bridge, options, isPreview, print }: Context, typed: string): Promise<void> {
  const { by = userInfo().username } = options;
  const item = await findReturn(bridge, typed, options.order);
  const at = isoTime(bridge.now());
  const change = async (table: TableClient): Promise<void> => {
    if (options.release) await releaseReturn(table, item, { at, by });
  };
  print(`Order ${item.orderId}, return ${typed}: ${item.state}. ${item.why}`);
  if (isPreview) {
    const previewed = await previewChange(bridge, item, change);
    return print(...(previewed ? [formatReturn(previewed, bridge.now())] : []), 'Nothing was changed.');
  }
  const cause = `${options.release ? 'RELEASE' : 'ADVANCE'}#${typed}#${at}`;
  const result = await changeAndAdvance(bridge, item.orderId, cause, change);
  print(`${options.release ? `Released, by ${by}` : 'Advanced'}. ${result}`);
}
