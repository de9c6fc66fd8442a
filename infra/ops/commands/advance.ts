import { z } from 'zod';
import { isSameReturn, refOf } from '../../../lib/returns/order.ts';
import { returnId } from '../../../lib/returns/return-item.ts';
import { addSeconds, isoTime } from '../../../lib/runtime/time.ts';
import { CommandError, UsageError, wholeNumber } from '../../cli/command-line.ts';
import { formatTime, indent, plural } from '../../cli/output.ts';
import { modeLine, type OpenBridge, type TableClient } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { countBy } from '../lists.ts';
import { formatPreviewed, Previewed } from '../preview/format-preview.ts';
import { flag, list, maybe, number, returnFields, text, texts } from '../result-fields.ts';
import { makeChange, previewChange, releaseReturn } from '../returns/change-return.ts';
import { findReturn, readKeptBack } from '../returns/waiting-returns.ts';

interface AdvanceOptions {
  readonly all?: true;
  readonly newerThan: number;
  readonly order?: string;
  readonly release?: true;
}

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
  older: list(
    { ...returnFields, requestedAt: text('when its customer requested it') },
    'kept back, but requested too long ago for --all',
  ),
  released: flag('whether --release released the return'),
  by: maybe('who decided it; null with --dry-run'),
  changed: flag('false with --dry-run, and when nothing is kept back'),
});
type Advanced = z.input<typeof Advanced>;

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
  async run({ bridge, options, isPreview }, typed?: string) {
    const { all = false, release = false } = options;
    const [at, by] = [isoTime(bridge.now()), await bridge.caller()];
    const item = typed === undefined ? undefined : await findReturn(bridge, typed, options.order);
    const { recent = [], older = [] } = all ? await keptBack(bridge, options.newerThan) : {};
    const orders = all
      ? [...new Set(recent.map(({ orderId }) => orderId))]
      : [item?.orderId ?? options.order ?? ''];
    const cause = [release ? 'RELEASE' : 'ADVANCE', ...(item ? [returnId(item)] : []), at].join('#');
    const change = {
      orders,
      cause,
      by,
      ...(item && release && { write: (table: TableClient) => releaseReturn(table, item, { at, by }) }),
    };
    if (!all && !item && (await bridge.store.readOrder(orders[0] ?? '')).returns.length === 0) {
      throw new CommandError(`There is no return of order ${orders[0]} in the table.`);
    }
    if (!isPreview) {
      await makeChange(bridge, change);
      const changed = orders.length > 0;
      return { result: { orders, older, previews: [], summary: [], released: release, by, changed } };
    }
    // What was kept back is previewed as mode=live does it.
    const as = all ? { ...bridge, mode: 'live' as const } : bridge;
    const previews = await previewChange(as, change, (ref) => !item || isSameReturn(ref, item));
    return {
      result: { orders, older, previews, summary: countSteps(previews), released: false, changed: false },
    };
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

/** What was kept back, by whether it was requested in the last days. */
async function keptBack(bridge: OpenBridge, newerThan: number) {
  const from = addSeconds(isoTime(bridge.now()), -newerThan * 24 * 60 * 60);
  const all = (await readKeptBack(bridge)).map(({ item, requestedAt }) => ({ ...refOf(item), requestedAt }));
  return Object.groupBy(all, ({ requestedAt }) => (requestedAt >= from ? 'recent' : 'older'));
}

/** How often each first step comes: `POST /listings`, `no call`. */
function countSteps(previews: readonly Previewed[]): Advanced['summary'] {
  const counts = countBy(previews, ({ steps: [first = ''] }) =>
    first.startsWith('no call') ? 'no call' : first.split(' ').slice(0, 2).join(' '),
  );
  return Object.entries(counts).map(([step, count]) => ({ step, count }));
}
