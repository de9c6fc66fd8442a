import { knownMeaning } from '../scenarios/texts.ts';
import type { ReturnInputs, RmaReport } from './inputs.ts';

type Fields = Record<string, unknown>;

export interface ExpectedListing {
  /** Fields of the call that made it. */
  readonly request: Fields;
  readonly country: string;
  /** IGF lists nothing of a customer without an email address. */
  readonly isEmail: boolean;
}

/** The listing that must be made, or nothing while customer or price is unknown. */
export function listingOf(
  { orderId, family }: ReturnInputs,
  { fields, header, status }: RmaReport,
  shipments: readonly Fields[],
): ExpectedListing | undefined {
  const isPart = status === 'partially_authorized' && fields.qty_approved !== null;
  const address =
    family === 'push-api'
      ? ((header.order as Fields).address as Fields)
      : (shipments.find(({ shipping_address }) => shipping_address !== null)?.shipping_address as Fields);
  const price = family === 'push-api' ? fields.price : priceIn(shipments, fields.sku);
  if (!address || price === undefined) return undefined;
  return {
    country: String(family === 'push-api' ? address.country : address.country_id),
    isEmail: String(address.email).includes('@'),
    request: {
      sku: fields.sku,
      productId: family === 'push-api' ? fields.reference : fields.parent_sku,
      listingWebshopOrderId: orderId,
      returnReason: knownMeaning.reason(fields.reason),
      originalPrice: price,
      quantity: family === 'push-api' ? 1 : isPart ? fields.qty_approved : fields.qty_requested,
    },
  };
}

const priceIn = (shipments: readonly Fields[], sku: unknown): unknown =>
  shipments.flatMap(({ items }) => items as Fields[]).find((item) => item.sku === sku)?.item_price_inc_tax;
