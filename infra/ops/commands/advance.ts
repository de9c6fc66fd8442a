import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { returnId } from '../../../lib/returns/return-item.ts';
import { addSeconds, isoTime } from '../../../lib/runtime/time.ts';
import { CommandError, UsageError, wholeNumber } from '../../cli/command-line.ts';
import { formatTime, indent, plural } from '../../cli/output.ts';
import { modeLine, type OpenBridge, type TableClient } from '../aws/open-bridge.ts';
import { type BridgeRun, bridgeCommand } from '../command.ts';
import { formatPreviewed, Previewed, toPreviewed } from '../preview/format-preview.ts';
import { withPreviews } from '../preview/preview-message.ts';
import { flag, list, maybe, number, returnFields, text, texts } from '../result-fields.ts';
import {
  changeAndAdvance,
  previewAdvance,
  previewChange,
  releaseReturn,
  sendAdvance,
} from '../returns/change-return.ts';
import { findReturn, readKeptBack } from '../returns/waiting-returns.ts';

interface AdvanceOptions {
  readonly all?: true;
  readonly newerThan: number;
  readonly order?: string;
  readonly release?: true;
}

type Context = BridgeRun<AdvanceOptions>;

const Older = z.object({ ...returnFields, requestedAt: text('when its customer requested it') });

const Advanced = z.object({
  orders: texts('the orders that are advanced, or with --dry-run would be'),
  previews: list(Previewed.shape, 'with --dry-run: what the worker would do with each return'),
  summary: list(
    {
      step: text('a call, such as POST /listings, or no call'),
      count: number('of how many returns it would be the first'),
    },
    'the previews, counted',
  ),
  older: list(Older.shape, 'kept back, but requested too long ago for --all'),
  released: flag('whether --release released the return'),
  by: maybe('who decided it; null with --dry-run'),
  changed: flag('false with --dry-run, and when nothing is kept back'),
});
type Advanced = z.infer<typeof Advanced>;

const unchanged = { older: [], previews: [], summary: [], released: false, by: null, changed: false };

export const advanceCommand = bridgeCommand<AdvanceOptions, typeof Advanced>({
  name: 'advance',
  summary: 'decide again about what mode=observe kept back, an order, or a return',
  description: `The worker decides again, within seconds. --all takes every return that mode=observe kept
    back and that was requested in the last days. It lists the older ones, and leaves them. Preview it first:
    with mode=live each return may be listed at ItGoesForward. The preview shows and counts what mode=live does.`,
  examples: [
    'npx bridge advance --all --dry-run --stage prod',
    'npx bridge advance --order 000000549',
    'npx bridge advance 000000093/90 --release',
  ],
  result: Advanced,
  parameters: (command) =>
    command
      .argument('[return]', 'RMA and item of one return: 000000093/90')
      .option('--all', 'everything that mode=observe kept back')
      .option('--newer-than <days>', 'with --all: requested in this many days', wholeNumber({ least: 0 }), 14)
      .option('--order <order>', "this order, by Winkelstraat's number; or the order of the return")
      .option(
        '--release',
        'forward the return although its reason, condition or resolution once ruled it out',
      ),
  by: 'who decided it',
  dryRun: 'print what the worker would do with mode=live, and change nothing',
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
    const { options } = context;
    if (typed !== undefined) return { result: await advanceOne(context, typed) };
    if (!options.all) return { result: await advanceOrders(context, [options.order ?? ''], []) };
    return { result: await advanceAll(context) };
  },
  format(result, { bridge, options, isPreview }) {
    const { orders, previews, summary, older, released, by, changed } = result;
    const show = bridge.command('order', orders.length === 1 ? (orders[0] ?? '') : '<order>');
    const count = plural(orders.length, 'order');
    const isNone = orders.length === 0 && older.length === 0;
    return [
      modeLine(bridge),
      ...previews.map(formatPreviewed),
      ...(summary.length > 1 ? summary.map(({ step, count: times }) => `  ${times} × ${step}`) : []),
      ...(isNone ? ['Nothing is kept back.'] : []),
      ...(isPreview && !isNone ? [`${count} would be advanced. Nothing was changed.`] : []),
      ...(changed
        ? [`${released ? `Released, by ${by}. ` : ''}${count} advanced. This shows the result: ${show}`]
        : []),
      ...formatOlder(older, options.newerThan, bridge),
    ];
  },
});

function formatOlder(older: Advanced['older'], newerThan: number, { command }: OpenBridge): string[] {
  if (older.length === 0) return [];
  const were = older.length === 1 ? 'it was' : 'they were';
  const lines = older.map(({ orderId, requestedAt, ...ref }) => {
    const requested = `order ${orderId}, return ${returnId(ref)}, requested ${formatTime(requestedAt)}`;
    return `${requested}: ${command('advance', '--order', orderId)}`;
  });
  return [
    `Not advanced, because ${were} requested more than ${plural(newerThan, 'day')} ago:`,
    ...indent(lines),
  ];
}

async function advanceAll(context: Context): Promise<Advanced> {
  const { bridge, options } = context;
  const from = addSeconds(isoTime(bridge.now()), -options.newerThan * 24 * 60 * 60);
  const { recent = [], older = [] } = Object.groupBy(await readKeptBack(bridge), ({ requestedAt }) =>
    requestedAt >= from ? 'recent' : 'older',
  );
  const left = older.map(({ item: { orderId, rmaId, itemId }, requestedAt }) => ({
    ...{ orderId, rmaId, itemId, requestedAt },
  }));
  return advanceOrders(context, [...new Set(recent.map(({ item }) => item.orderId))], left);
}

/** Lets the worker decide again about these orders, or finds out what it would do. */
async function advanceOrders(
  { bridge, isPreview, options }: Context,
  orders: string[],
  older: Advanced['older'],
): Promise<Advanced> {
  for (const orderId of orders) {
    const { returns } = await bridge.store.readOrder(orderId);
    if (returns.length === 0) throw new CommandError(`There is no return of order ${orderId} in the table.`);
  }
  if (isPreview) {
    // What was kept back is previewed as mode=live does it.
    const previews = await withPreviews(
      { ...bridge, mode: options.all ? 'live' : bridge.mode },
      async (preview) => {
        const all: Previewed[] = [];
        for (const orderId of orders) {
          all.push(...(await previewAdvance(bridge, preview, orderId)).map(toPreviewed));
        }
        return all;
      },
    );
    return { ...unchanged, orders, older, previews, summary: countSteps(previews) };
  }
  const cause = `ADVANCE#${isoTime(bridge.now())}`;
  const by = await bridge.caller();
  const correlationId = randomUUID();
  for (const orderId of orders) await sendAdvance(bridge, orderId, cause, by, correlationId);
  return { ...unchanged, orders, older, by, changed: orders.length > 0 };
}

/** How often each first step comes: `POST /listings`, `no call`. */
function countSteps(previews: readonly Previewed[]): Advanced['summary'] {
  const steps = previews.map(({ steps: [first = ''] }) =>
    first.startsWith('no call') ? 'no call' : first.split(' ').slice(0, 2).join(' '),
  );
  return [...Map.groupBy(steps, (step) => step)].map(([step, { length }]) => ({ step, count: length }));
}

async function advanceOne({ bridge, options, isPreview }: Context, typed: string): Promise<Advanced> {
  const { release = false } = options;
  const by = await bridge.caller();
  const item = await findReturn(bridge, typed, options.order);
  const at = isoTime(bridge.now());
  const change = async (table: TableClient): Promise<void> => {
    if (release) await releaseReturn(table, item, { at, by });
  };
  const orders = [item.orderId];
  if (isPreview) {
    const previewed = await previewChange(bridge, item, change);
    return { ...unchanged, orders, previews: previewed ? [toPreviewed(previewed)] : [] };
  }
  const cause = `${release ? 'RELEASE' : 'ADVANCE'}#${typed}#${at}`;
  await changeAndAdvance(bridge, item.orderId, { cause, by }, change);
  return { ...unchanged, orders, released: release, by, changed: true };
}
