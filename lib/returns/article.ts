import type { Address, ReportedArticle } from '../facts/facts.ts';
import { readCustomer } from './customer.ts';
import { shipmentVersion } from './merge.ts';
import type { OrderSnapshot, Shipment } from './order.ts';
import type { ReturnItem } from './return-item.ts';

/** push-api writes the merchant's prefix twice: `wsnl199-wsnl199-5c9d`. stock-hub writes it once. */
const doubledPrefix = /^([a-z]+\d+-)\1/;

/** An article's key, for comparison: without case, in NFC, and with one prefix. It is the same in both families. */
export const articleKey = (sku: string): string =>
  sku.normalize('NFC').toLowerCase().replace(doubledPrefix, '$1');

/** Whether two skus name one article. An unknown sku names none. */
export const sameArticle = (one: string | undefined, other: string | undefined): boolean =>
  one !== undefined && other !== undefined && articleKey(one) === articleKey(other);

export const linesOf = <Line extends { sku: string }>(
  { items }: { items: readonly Line[] },
  sku: string | undefined,
): Line[] => items.filter((line) => sameArticle(line.sku, sku));

export const skuOf = ({ opening, closing }: ReturnItem): string | undefined => (opening ?? closing)?.sku;

/** A return item, completed by the order's other facts. */
export interface Article extends ReportedArticle {
  /** Who sends the article back. */
  address: Address | undefined;
  /** The lowest price above 0 of one unit that the order reports, tax included. 0 when all are 0. */
  price: number | undefined;
  pricesDiffer: boolean;
  /** The currencies of the document with the price and of the RMA, upper case. */
  currencies: string[];
  poNumber: string | undefined;
  /** The purchase order may have lost leading zeros: people may see it, and no call to IGF carries it. */
  poNumberIsUncertain: boolean;
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

/** Approved units count when there are some. Without a number, one unit comes back. */
export function unitsOf({ opening }: Pick<ReturnItem, 'opening'>): number {
  const { quantityApproved = 0, quantityRequested } = opening ?? {};
  return quantityApproved > 0 ? quantityApproved : (quantityRequested ?? 1);
}

/** The first address that is complete enough for a customer; otherwise the first one. */
function senderIn(documents: readonly { address?: Address | undefined }[]): Address | undefined {
  const complete = documents.find(({ address }) => 'customer' in readCustomer(address));
  return complete?.address ?? firstKnown(documents, ({ address }) => address);
}

/**
 * The article of a return. What its own webhooks lack, as customer and price in a stock-hub RMA, comes from the newest
 * shipment of the same order with this sku, then from the order as it was placed.
 */
export function articleOf(order: OrderSnapshot, item: ReturnItem): Article | undefined {
  const { opening, closing } = item;
  const own = opening ?? closing;
  if (!own) return undefined;
  const shipments = order.shipments
    .filter((shipment) => linesOf(shipment, own.sku).length > 0)
    .sort(newestFirst);
  const placed = order.salesOrder ? [order.salesOrder] : [];
  const documents = [...shipments, ...placed];
  const counted = shipments.length > 0 ? shipments : placed;
  const quantity = unitsOf(item);
  const inOrder = counted
    .flatMap((document) => linesOf(document, own.sku))
    .reduce((sum, line) => sum + (line.quantity ?? 0), 0);
  const prices = [
    ...[opening, closing].map((one) => ({ price: one?.price, currency: opening?.currency })),
    ...documents.flatMap((document) =>
      linesOf(document, own.sku).map(({ price }) => ({ price, currency: document.currency })),
    ),
  ].flatMap(({ price, currency }) => (price !== undefined && price >= 0 ? [{ price, currency }] : []));
  // A higher price may be of another sale.
  const paid = prices.filter(({ price }) => price > 0);
  const [lowest] = (paid.length > 0 ? paid : prices).toSorted((one, other) => one.price - other.price);
  const currencies = [lowest?.currency, opening?.currency].flatMap((code) => code?.toUpperCase() ?? []);
  const poNumber = opening?.poNumber ?? firstKnown(documents, (one) => one.poNumber);
  return {
    ...closing,
    ...own,
    address: own.address ?? closing?.address ?? senderIn(documents),
    price: lowest?.price,
    pricesDiffer: new Set(paid.map(({ price }) => price)).size > 1,
    currencies: [...new Set(currencies)],
    poNumber: poNumber ?? opening?.uncertainPoNumber ?? firstKnown(documents, (one) => one.uncertainPoNumber),
    poNumberIsUncertain: poNumber === undefined,
    quantity,
    ordered: item.family === 'push-api' ? quantity : Math.max(inOrder, quantity),
  };
}
