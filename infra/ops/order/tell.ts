import type { Address } from '../../../lib/facts/facts.ts';
import type { Rma, Shipment } from '../../../lib/returns/order.ts';
import { type ReturnItem, returnId } from '../../../lib/returns/return-item.ts';
import { printable } from '../../cli/printable.ts';
import { awaited } from './awaited.ts';
import { time } from './time.ts';
import type { Delivery, OrderHistory } from './whole-story.ts';

export interface TellOptions {
  /** Shows names, addresses, track numbers, customers' own words and payloads too. */
  personal: boolean;
  /** ISO 8601 UTC. */
  now: string;
}

/** An order's whole story, line by line. Everything in it comes from outside, so nothing in it reaches the terminal as is. */
export function printHistory({ order, deliveries }: OrderHistory, options: TellOptions): string[] {
  const { shipments, rmas, returns, forwarded } = order;
  const lines = [
    `Order ${order.orderId}`,
    ...section('Deliveries', deliveries, (delivery) => tellDelivery(delivery, options)),
    ...section('Shipments', shipments, (shipment) => tellShipment(shipment, options)),
    ...section('RMAs', rmas, (rma) => tellRma(rma)),
    ...section('Returns', returns, (item) => tellReturn(item, options)),
    ...(forwarded.length === 0
      ? []
      : section('Served by forwarding', forwarded, (name) => [
          `order ${name.orderId}, return ${returnId(name)}`,
        ])),
  ];
  return lines.map((line) => line.slice(0, indentOf(line)) + printable(line));
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

function section<T>(title: string, entries: readonly T[], tell: (entry: T) => string[]): string[] {
  if (entries.length === 0) return ['', `${title}: none`];
  return ['', title, ...entries.flatMap(tell).map((line) => `  ${line}`)];
}

const detail = (name: string, value: string | undefined): string[] =>
  value === undefined || value === '' ? [] : [`  ${name.padEnd(10)} ${value}`];

const list = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join(', ');

function tellDelivery(delivery: Delivery, { personal }: TellOptions): string[] {
  const { webhook, receivedAt, outcome, attempts, lastAttemptAt, lastError, nextAttemptAt } = delivery;
  const id = delivery.sk.slice('EVENT#'.length);
  const tries = attempts === 1 ? '1 attempt' : `${attempts} attempts, the last ${time(lastAttemptAt)}`;
  return [
    `${time(receivedAt)}  ${webhook}  ${outcome}, ${tries}`,
    ...detail('event', id),
    ...detail('error', lastError),
    ...detail('next', nextAttemptAt && time(nextAttemptAt)),
    ...(personal ? detail('payload', delivery.payload) : []),
  ];
}

function tellShipment(shipment: Shipment, { personal }: TellOptions): string[] {
  const { shipmentId, status, items, currency = 'EUR', track } = shipment;
  const dates = (['createdAt', 'updatedAt', 'collectedAt', 'deliveredAt'] as const).map(
    (name) => shipment[name] && `${name.slice(0, -2)} ${time(shipment[name])}`,
  );
  return [
    list(shipmentId, status ?? 'status unknown', ...dates),
    ...items.flatMap(({ sku, quantity = 1, price }) =>
      detail(
        'item',
        `${quantity} × ${sku}${price === undefined ? ', price unknown' : ` at ${currency} ${price.toFixed(2)}`}`,
      ),
    ),
    ...detail('carrier', track?.carrier),
    ...(personal
      ? [...detail('track', track?.number), ...detail('receiver', tellAddress(shipment.address))]
      : []),
  ];
}

const tellRma = ({ rmaId, status, receivedAt, requestedAt, arrivedAt }: Rma): string[] => [
  list(
    rmaId,
    status,
    requestedAt && `requested ${time(requestedAt)}`,
    `told ${time(receivedAt)}`,
    arrivedAt && `arrived ${time(arrivedAt)}`,
  ),
];

function tellReturn(item: ReturnItem, { personal, now }: TellOptions): string[] {
  const { opening, closing, attention, attentionSince, igf } = item;
  const told = opening ?? closing;
  const since = attentionSince && ` (since ${time(attentionSince)})`;
  return [
    list(returnId(item), item.state, told?.sku, item.family),
    ...detail('why', item.why),
    ...detail('attention', attention && `${attention}${since ?? ''}`),
    ...detail('refund', item.refundDue ? 'due' : undefined),
    ...detail(
      'told',
      list(opening && `status ${opening.status}`, closing && `rma-item of ${time(closing.updatedAt)}`),
    ),
    ...detail('at IGF', atIgf(item)),
    ...detail('events', igf?.events.join(', ')),
    ...detail('heard of', item.lastUpdateAt && time(item.lastUpdateAt)),
    ...detail('waits for', awaited(item, now)),
    ...(personal
      ? [
          ...(['reason', 'condition', 'resolution'] as const).flatMap((field) =>
            detail(field, told?.[field]),
          ),
          ...detail('sender', tellAddress(told?.address)),
          ...detail('label', igf?.shipment?.label),
        ]
      : []),
  ];
}

/** IGF's own numbers, each with where it stands there. */
function atIgf({ listingId, igfOrderId, igfShipmentId, igf }: ReturnItem): string {
  const object = (name: string, id: number | undefined, status: string | undefined): string | undefined =>
    id === undefined ? undefined : `${name} ${id}${status ? ` (${status})` : ''}`;
  return list(
    object('listing', listingId, igf?.listing?.status),
    object('order', igfOrderId, igf?.order?.status),
    object('shipment', igfShipmentId, igf?.shipment?.status),
    igf?.order?.webshopOrderId && `for order ${igf.order.webshopOrderId}`,
  );
}

const tellAddress = (address: Address | undefined): string | undefined =>
  address && list(...Object.values(address));
