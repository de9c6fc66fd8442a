import { knownMeaning } from '../scenarios/texts.ts';
import type { Fields, ReturnInputs, RmaReport, Sent } from './inputs.ts';

export interface ExpectedListing {
  /** Fields of the call that made it. */
  readonly request: Fields;
  readonly country: string;
  /** Nothing is listed of a customer without an email address. */
  readonly isEmail: boolean;
}

/** The newest report of each shipment with an article. */
export function shipmentsOf({ shipments, sku }: ReturnInputs, at: number): Fields[] {
  const newest = new Map<unknown, Fields>();
  const updated = ({ fields }: Sent): string => String(fields.updated_at ?? fields.date);
  for (const shipment of [...shipments].sort((one, other) => (updated(one) < updated(other) ? -1 : 1))) {
    if (shipment.at > at) continue;
    const { fields } = shipment;
    const id = fields.increment_id ?? fields.shipment_id;
    // What a report leaves out stays as it was.
    const known = newest.get(id)?.shipping_address;
    newest.set(id, { ...fields, shipping_address: fields.shipping_address ?? known });
  }
  return [...newest.values()].filter(({ items }) => linesOf(items, sku).length > 0);
}

/** The shipments with an article, and the order as it was placed. */
const documentsOf = (inputs: ReturnInputs, at: number): Fields[] => [
  ...shipmentsOf(inputs, at),
  ...inputs.orders.map(({ fields }) => fields),
];

const linesOf = (items: unknown, sku: string): Fields[] =>
  (items as Fields[]).filter((line) => line.sku === sku);

/** The lowest price that the order reports for one unit. */
export function priceOf(inputs: ReturnInputs, { fields }: Pick<RmaReport, 'fields'>, at = Number.MAX_VALUE) {
  const shipped = documentsOf(inputs, at)
    .flatMap(({ items }) => linesOf(items, inputs.sku))
    .map((line) => line.item_price_inc_tax ?? line.price);
  const prices = [fields.price, ...shipped].filter((price) => price !== undefined).map(Number);
  return prices.length > 0 ? Math.min(...prices) : undefined;
}

/** Approved units count when there are some. */
export const unitsOf = ({ family }: ReturnInputs, { fields }: Pick<RmaReport, 'fields'>): number =>
  family === 'push-api' ? 1 : Number(fields.qty_approved || fields.qty_requested);

/** The number of the merchant's own shop, if the webhooks have it. */
const articleNumberOf = ({ family }: ReturnInputs, { fields }: RmaReport): unknown =>
  family === 'push-api' ? fields.article_number : fields.size ? `${fields.mpn} ${fields.size}` : undefined;

/** The listing that must be made, or nothing while customer or price is unknown. */
export function listingOf(inputs: ReturnInputs, report: RmaReport, at: number): ExpectedListing | undefined {
  const { orderId, family, settings } = inputs;
  const { fields, header } = report;
  const address =
    family === 'push-api'
      ? ((header.order as Fields).address as Fields)
      : (documentsOf(inputs, at).find((document) => document.shipping_address)?.shipping_address as Fields);
  const price = priceOf(inputs, report, at);
  if (!address || price === undefined) return undefined;
  return {
    country: String(family === 'push-api' ? address.country : address.country_id),
    isEmail: String(address.email).includes('@'),
    request: {
      sku: settings.sku === 'winkelstraat' ? fields.sku : articleNumberOf(inputs, report),
      productId: family === 'push-api' ? fields.reference : fields.parent_sku,
      listingWebshopOrderId: (settings.webshopOrderId === 'po_number' && header.po_number) || orderId,
      returnReason: knownMeaning.reason(fields.reason),
      originalPrice: price,
      quantity: 1,
      email: address.email,
    },
  };
}
