import { createHash } from 'node:crypto';
import type { Policy } from '../config/policy.ts';
import type { ListingRequest } from '../igf/api/listings.ts';
import type { ReturnRequest } from '../igf/api/returns.ts';
import type { Article } from './article.ts';
import { readCustomer } from './customer.ts';
import { listingMark, type ReturnItem } from './return-item.ts';
import { builtInOnly, isIgfReason, readReason } from './vocabulary.ts';

/** The body of IGF's `POST /returns`. The document leaves a product collapsed: these are its fields elsewhere. */
export interface RegularReturnRequest extends ReturnRequest {
  products: { sku: string; productId: string; quantity: number }[];
}

export type ListingReading =
  | { request: ListingRequest }
  /** What a shipment of the order must still provide. */
  | { missing: string[] }
  /** What no later webhook provides: a human must look. */
  | { attention: string };

/** In characters. IGF documents no limit for its comment; a text of any length must not push the mark out of one. */
const longestComment = 200;

/** The customer's own words, unless they are one of IGF's reasons; then the mark. */
function commentOf(item: ReturnItem, reason: string | undefined): string {
  const mark = listingMark(item);
  return reason && !isIgfReason(reason) ? `${[...reason].slice(0, longestComment).join('')} ${mark}` : mark;
}

/** Which of an article's numbers is IGF's `productId`. */
export function productIdOf(article: Article, policy: Policy): string {
  const { sku, parentSku, reference } = article;
  if (policy.productId === 'variant') return sku;
  return (policy.productId === 'parent' ? parentSku : undefined) ?? reference ?? sku;
}

/** Which number is the webshop's order at IGF. */
export const webshopOrderIdOf = (item: ReturnItem, { poNumber }: Article, policy: Policy): string =>
  (policy.webshopOrderId === 'po_number' && poNumber) || item.orderId;

/** Maps a return to the request for its listing, or names what is missing for it. */
export function readListing(
  item: ReturnItem,
  article: Article,
  policy: Policy,
  mapped = builtInOnly,
): ListingReading {
  const reason = readReason(article.reason, mapped);
  const reading = readCustomer(article.address);
  if ('nameless' in reading) {
    return {
      attention:
        'The customer has neither a last name nor a company name, and IGF needs one. Let the normal return go on.',
    };
  }
  const missing = [
    ...('missing' in reading ? reading.missing.map((part) => `the customer's ${part}`) : []),
    ...(article.price === undefined ? ['the price'] : []),
  ];
  if ('missing' in reading || article.price === undefined || reason === undefined) return { missing };
  return {
    request: {
      sku: article.sku,
      productId: productIdOf(article, policy),
      listingWebshopOrderId: webshopOrderIdOf(item, article, policy),
      returnReason: reason,
      returnReasonComment: commentOf(item, article.reason),
      originalPrice: article.price,
      quantity: article.quantity,
      maxQuantity: article.ordered,
      customer: reading.customer,
    },
  };
}

/** Identifies the content of a request without repeating it. */
export const requestFingerprint = (request: ListingRequest | RegularReturnRequest): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('hex').slice(0, 16);

/** The same for the call that cancels a listing. */
export const cancelFingerprint = (listingId: number): string => `cancel ${listingId}`;

/** And for the one that makes a regular return. */
export const regularReturnFingerprint = (request: RegularReturnRequest): string =>
  `return ${requestFingerprint(request)}`;

/** And for the one that sets a shipment delivered. */
export const deliverFingerprint = (shipmentId: number): string => `deliver ${shipmentId}`;
