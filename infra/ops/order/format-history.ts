import type { Address } from '../../../lib/facts/facts.ts';
import { isAnonymous } from '../../../lib/returns/notice.ts';
import type { CreditMemo, ReturnRef, Rma, SalesOrder, Shipment } from '../../../lib/returns/order.ts';
import { type ReturnItem, returnId } from '../../../lib/returns/return-item.ts';
import { columns, formatAmount, formatTime, indent, plural } from '../../cli/output.ts';
import { type HistoryDelivery, hasParked, type OrderHistory, readDecision } from './read-history.ts';
import { waitsFor } from './waits-for.ts';

export interface HistoryOptions {
  /** Also names, addresses, track numbers, customers' own words and webhook bodies. */
  personal: boolean;
  /** ISO 8601 UTC. */
  now: string;
  stage: string;
}

/** An order's history, line by line. */
export function formatHistory(
  { order, deliveries, erasures }: OrderHistory,
  options: HistoryOptions,
): string[] {
  const { salesOrder, shipments, rmas, returns, creditMemos, forwarded } = order;
  return [
    `Order ${order.orderId}`,
    ...erasures.map(
      ({ at, by, items }) => `Personal data of ${plural(items, 'item')} erased ${formatTime(at)}, by ${by}`,
    ),
    ...section('Deliveries', deliveries, (delivery) => formatDelivery(delivery, options)),
    ...(salesOrder ? section('Sales order', [salesOrder], (one) => formatSalesOrder(one, options)) : []),
    ...section('Shipments', shipments, (shipment) => formatShipment(shipment, options)),
    ...section('RMAs', rmas, formatRma),
    ...section('Returns', returns, (item) => formatReturn(item, options, hasParked(deliveries))),
    ...(creditMemos.length > 0 ? section('Credit memos', creditMemos, formatCreditMemo) : []),
    ...(forwarded.length > 0 ? section('Served by forwarding', forwarded, formatServed) : []),
  ];
}

const section = <T>(title: string, entries: readonly T[], format: (entry: T) => string[]): string[] =>
  entries.length === 0 ? ['', `${title}: none`] : ['', title, ...indent(entries.flatMap(format))];

type Detail = readonly [name: string, value: string | undefined | false | null];

/** The details below the line of an entry, if they have a value. */
const details = (...all: readonly Detail[]): string[] =>
  indent(columns(all.flatMap(([name, value]) => (value ? [[name.padEnd(10), value]] : []))));

const list = (...parts: (string | false | undefined | null)[]): string => parts.filter(Boolean).join(', ');

function formatDelivery(delivery: HistoryDelivery, { personal }: HistoryOptions): string[] {
  const { webhook, receivedAt, outcome, attempts, lastAttemptAt, lastError, nextAttemptAt } = delivery;
  const latest = delivery.failures.toReversed();
  return [
    `${formatTime(receivedAt)}  ${webhook}  ${list(outcome, plural(attempts, 'attempt'), attempts > 1 && `the last ${formatTime(lastAttemptAt)}`)}`,
    ...details(
      ['event', delivery.eventId],
      ['cause', list(delivery.cause, delivery.by && `by ${delivery.by}`)],
      ['not read', delivery.unread.join(', ')],
      ['error', lastError],
      ...foldFailures(lastError === latest[0]?.error ? latest.slice(1) : latest),
      ['next', nextAttemptAt && formatTime(nextAttemptAt)],
      ...delivery.operations.map(
        ({ did, at, by, reason }): Detail => [
          did,
          `${formatTime(at)}, by ${by ?? 'somebody'}${reason ? `: ${reason}` : ''}`,
        ],
      ),
      ['payload', personal && delivery.payload],
    ),
  ];
}

/** Earlier attempts that failed, the latest first. Those that failed alike are one line. */
const foldFailures = (failures: HistoryDelivery['failures']): Detail[] =>
  [...Map.groupBy(failures, ({ error }) => error)].map(([error, own]) => {
    const [first = '', last = ''] = [own.at(-1)?.at, own[0]?.at];
    const when =
      own.length === 1 ? formatTime(first) : `${own.length} × ${formatTime(first)} to ${formatTime(last)}`;
    return ['earlier', `${when}: ${error}`];
  });

const dates = ['created', 'updated', 'collected', 'delivered', 'requested', 'received', 'arrived'] as const;

/** `created 2024-03-08 13:30:00Z, updated …` */
const datesIn = (
  document: { readonly [Date in `${(typeof dates)[number]}At`]?: string | undefined },
): string =>
  list(...dates.map((name) => document[`${name}At`] && `${name} ${formatTime(document[`${name}At`] ?? '')}`));

const amountIn = (currency: string, amount: number | undefined): string | undefined =>
  amount === undefined ? undefined : formatAmount(amount, currency);

/** The articles of an order or a shipment. A shipment that only its track has reported has none. */
const formatLines = ({ items, currency = 'EUR' }: Pick<Shipment, 'items' | 'currency'>): Detail[] =>
  items.map(({ sku, quantity = 1, price }) => {
    const amount = amountIn(currency, price);
    return ['item', `${quantity} × ${sku}${amount ? ` at ${amount}` : ', price unknown'}`];
  });

const formatSalesOrder = (placed: SalesOrder, { personal }: HistoryOptions): string[] => [
  list(!placed.createdAt && 'when is unknown', datesIn(placed)),
  ...details(
    ...formatLines(placed),
    ['PO', placed.poNumber ?? placed.uncertainPoNumber],
    ['receiver', personal && formatAddress(placed.address)],
  ),
];

const formatCreditMemo = (memo: CreditMemo): string[] => {
  const { memoId, status = 'status unknown', at, sku, quantity = 1, currency = 'EUR' } = memo;
  return [
    list(memoId, status, memo.reversal && 'reversal', formatTime(at), memo.family),
    ...details(
      ['item', `${quantity} × ${sku}`],
      ['total', amountIn(currency, memo.rowTotal)],
      ['fee', amountIn(currency, memo.returnFee)],
      ['PO', memo.poNumber ?? memo.uncertainPoNumber],
    ),
  ];
};

const formatServed = (ref: ReturnRef): string[] => [`order ${ref.orderId}, return ${returnId(ref)}`];

function formatShipment(shipment: Shipment, { personal }: HistoryOptions): string[] {
  const { shipmentId, status = 'status unknown', track } = shipment;
  return [
    list(shipmentId, status, datesIn(shipment)),
    ...details(
      ...formatLines(shipment),
      ['PO', shipment.poNumber ?? shipment.uncertainPoNumber],
      ['carrier', track?.carrier],
      ['track', personal && track?.number],
      ['receiver', personal && formatAddress(shipment.address)],
    ),
  ];
}

const formatRma = (rma: Rma): string[] => [list(rma.rmaId, rma.status ?? rma.unknownStatus, datesIn(rma))];

function formatReturn(
  item: ReturnItem,
  { personal, now, stage }: HistoryOptions,
  isParked: boolean,
): string[] {
  const { opening, closing, attention, attentionSince, igf } = item;
  const reported = opening ?? closing;
  const since = attentionSince ? ` (since ${formatTime(attentionSince)})` : '';
  // A push-api item has its RMA's status.
  const status = opening?.status ?? (item.family === 'push-api' ? opening?.rmaStatus : undefined);
  const openingStatus = opening && `status ${status ?? opening.unknownStatus ?? 'unknown'}`;
  return [
    list(returnId(item), item.state, reported?.sku, item.family),
    ...details(
      ...(item.decisions ?? []).map(
        (line, at): Detail => [at === 0 ? 'decisions' : '', formatDecision(line)],
      ),
      ['why', item.why],
      ['rule', item.rule],
      ['attention', attention && `${attention}${since}`],
      ['refund', item.refundDue && 'due'],
      ['unknown', unknownTerm(item, personal)],
      ...(item.answers ?? []).map(
        ({ task, note, by, at }): Detail => ['done', `${task} ${formatTime(at)}, by ${by}: ${note}`],
      ),
      ['released', item.release && `${formatTime(item.release.at)}, by ${item.release.by}`],
      ['refused', item.refusal?.reason],
      ['reported', list(openingStatus, closing && `rma-item of ${formatTime(closing.updatedAt)}`)],
      ['at IGF', formatIgfObjects(item)],
      ['events', igf?.events.join(', ')],
      ['updated', item.lastUpdateAt && formatTime(item.lastUpdateAt)],
      ['waits for', waitsFor(item, now, stage, isParked)],
      ['reason', personal && reported?.reason],
      ['condition', personal && reported?.condition],
      ['resolution', personal && reported?.resolution],
      ['sender', personal && formatAddress(reported?.address)],
      ['label', personal && igf?.shipment?.label],
    ),
  ];
}

function formatDecision(line: string): string {
  const { at, state, rule } = readDecision(line);
  return `${formatTime(at)}  ${state}${rule ? `, rule ${rule}` : ''}`;
}

const unknownTerm = ({ unmappedTerm }: ReturnItem, personal: boolean): string | undefined =>
  unmappedTerm &&
  `${unmappedTerm.field} ${personal || isAnonymous(unmappedTerm.text) ? JSON.stringify(unmappedTerm.text) : '(--personal prints it)'}`;

/** IGF's own numbers, each with its status there. */
function formatIgfObjects({ listingId, igfOrderId, igfShipmentId, igf }: ReturnItem): string {
  const object = (name: string, id?: number, status?: string): string | undefined =>
    id === undefined ? undefined : `${name} ${id}${status ? ` (${status})` : ''}`;
  return list(
    object('listing', listingId, igf?.listing?.status),
    object('order', igfOrderId, igf?.order?.status),
    object('shipment', igfShipmentId, igf?.shipment?.status),
    igf?.order?.webshopOrderId && `for order ${igf.order.webshopOrderId}`,
  );
}

const formatAddress = (address: Address | undefined): string | undefined =>
  address && list(...Object.values(address));
