import type { Address, ReportedArticle } from '../facts/facts.ts';
import { readCustomer } from './customer.ts';
import { shipmentVersion } from './merge.ts';
import type { OrderSnapshot, Shipment } from './order.ts';
import type { ReturnItem } from './return-item.ts';

/** A return item, completed by the order's other facts. */
export interface Article extends ReportedArticle {
  /** Who sends the article back. */
  address: Address | undefined;
  /** The price of one unit, tax included. */
  price: number | undefined;
  currency: string | undefined;
  poNumber: string | undefined;
  /** The number of units that come back. */
  quantity: number;
  /** The number of units of this sku in the whole order. */
  ordered: number;
}

const newestFirst = (one: Shipment, other: Shipment): number => {
  const [date, status] = shipmentVersion(one);
  const [otherDate, otherStatus] = shipmentVersion(other);
  return (
    otherDate.localeCompare(date) || otherStatus - status || other.shipmentId.localeCompare(one.shipmentId)
  );
};

const firstKnown = <T, U>(list: readonly T[], read: (entry: T) => U | undefined): U | undefined =>
  list.map(read).find((value) => value !== undefined);

/** A price or a quantity of 0 counts as absent. */
const positive = (amount: number | undefined): number | undefined =>
  amount && amount > 0 ? amount : undefined;

function quantityOf({ opening }: ReturnItem): number {
  const approved = opening?.status === 'partially_authorized' ? opening.quantityApproved : undefined;
  return positive(approved) ?? positive(opening?.quantityRequested) ?? 1;
}

/** The newest address that is complete enough for a customer; otherwise the newest address. */
function senderIn(shipments: readonly Shipment[]): Address | undefined {
  const complete = ({ address }: Shipment) => ('customer' in readCustomer(address) ? address : undefined);
  return firstKnown(shipments, complete) ?? firstKnown(shipments, ({ address }) => address);
}

/**
 * The article of a return, from the return's own webhooks. Missing values come from the newest shipment of
 * the same order with this sku. For example, a stock-hub RMA has neither customer nor price.
 */
export function articleOf(order: OrderSnapshot, item: ReturnItem): Article | undefined {
  const own = item.opening ?? item.closing;
  if (!own) return undefined;
  const shipments = order.shipments
    .filter((shipment) => shipment.items.some(({ sku }) => sku === own.sku))
    .sort(newestFirst);
  const shipped = shipments.flatMap(({ items }) => items.filter(({ sku }) => sku === own.sku));
  const quantity = quantityOf(item);
  const inOrder = shipped.reduce((sum, line) => sum + (line.quantity ?? 0), 0);
  const opening = item.opening;
  return {
    ...item.closing,
    ...own,
    address: own.address ?? item.closing?.address ?? senderIn(shipments),
    price:
      positive(own.price) ??
      positive(item.closing?.price) ??
      firstKnown(shipped, ({ price }) => positive(price)),
    currency: opening?.currency ?? firstKnown(shipments, ({ currency }) => currency),
    poNumber: opening?.poNumber ?? firstKnown(shipments, ({ poNumber }) => poNumber),
    quantity,
    ordered: item.family === 'push-api' ? quantity : Math.max(inOrder, quantity),
  };
}
