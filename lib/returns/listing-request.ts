import { createHash } from 'node:crypto';
import type { Policy } from '../config/policy.ts';
import type { ListingRequest } from '../igf/api/listings.ts';
import type { ReturnRequest } from '../igf/api/returns.ts';
import type { Article } from './article.ts';
import { readCustomer, type UnusablePart, unusablePart } from './customer.ts';
import type { ReturnItem } from './return-item.ts';
import { builtInOnly, isIgfReason, meaningOf } from './vocabulary.ts';

/** The body of IGF's `POST /returns`, whose document shows no product. These are its fields in other operations. */
export interface RegularReturnRequest extends ReturnRequest {
  products: { sku: string; productId: string; quantity: number }[];
}

export type ListingReading =
  | { request: ListingRequest }
  /** The values that a shipment of the order must still provide. */
  | { missing: string[] }
  /** No later webhook corrects these values, so a person must look. */
  | { unusable: UnusablePart[] };

/** Which of the return's listings its present or next one is, from 1. */
export const listingNumber = ({ earlierListings = [] }: Pick<ReturnItem, 'earlierListings'>): number =>
  earlierListings.length + 1;

/**
 * Ties a listing at IGF to its return, in `returnReasonComment`: IGF has no idempotency key, and its answers do not
 * have the webshop's order. From the second listing of a return on, it has the listing's number: `[rma/item~2]`.
 */
export function listingMark(item: Pick<ReturnItem, 'rmaId' | 'itemId' | 'earlierListings'>): string {
  const number = listingNumber(item);
  return `[${escaped(item.rmaId)}/${escaped(item.itemId)}${number > 1 ? `~${number}` : ''}]`;
}

/** Escapes the characters that delimit the mark, so that no two listings have the same mark. */
const escaped = (id: string): string =>
  id.replace(/[%/[\]~]/g, (delimiter) => `%${delimiter.charCodeAt(0).toString(16).toUpperCase()}`);

/** In characters. IGF documents no limit for its comment, but a long text might cut off the mark. */
const longestComment = 200;

/** The customer's own words, unless they are one of IGF's reasons. The mark follows. */
function commentOf(item: ReturnItem, reason: string | undefined): string {
  const mark = listingMark(item);
  return reason && !isIgfReason(reason) ? `${[...reason].slice(0, longestComment).join('')} ${mark}` : mark;
}

/**
 * IGF's `sku`, by policy. The merchant's own number is the article with its size, which stock-hub sends in two fields.
 * `undefined` when the webhooks do not have it.
 */
export function listedSkuOf(
  { family }: Pick<ReturnItem, 'family'>,
  { sku, articleNumber, mpn, size }: Article,
  policy: Policy,
): string | undefined {
  if (policy.sku === 'winkelstraat') return sku;
  if (family === 'push-api') return articleNumber;
  return mpn && size ? `${mpn} ${size}` : undefined;
}

/** The article's number that becomes IGF's `productId`, by policy. */
export function productIdOf(article: Article, policy: Policy): string {
  const { sku, parentSku, reference } = article;
  if (policy.productId === 'variant') return sku;
  return (policy.productId === 'parent' ? parentSku : undefined) ?? reference ?? sku;
}

/** The number that becomes the webshop's order at IGF, by policy. */
export const webshopOrderIdOf = (
  item: ReturnItem,
  { poNumber, poNumberIsUncertain }: Article,
  policy: Policy,
): string => (policy.webshopOrderId === 'po_number' && !poNumberIsUncertain && poNumber) || item.orderId;

const noArticleNumber = unusablePart('article number', 'The article has no number with its size');

/** Maps a return to the request for its listing, or names the missing values. */
export function readListing(
  item: ReturnItem,
  article: Article,
  policy: Policy,
  mapped = builtInOnly,
): ListingReading {
  const reason = meaningOf('reason', article.reason, mapped);
  const reading = readCustomer(article.address);
  const missing = [
    ...('missing' in reading
      ? article.address
        ? reading.missing.map((part) => `the customer's ${part}`)
        : ['the customer']
      : []),
    ...(article.price === undefined ? ['the price'] : []),
  ];
  if ('missing' in reading || article.price === undefined || reason === undefined) return { missing };
  const sku = listedSkuOf(item, article, policy);
  if ('unusable' in reading || sku === undefined) {
    const ofCustomer = 'unusable' in reading ? reading.unusable : [];
    return { unusable: sku === undefined ? [...ofCustomer, noArticleNumber] : ofCustomer };
  }
  return {
    request: {
      sku,
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

/** Without case, spaces and accents, as two spellings of one address may differ. */
const plain = (text = ''): string =>
  text
    .normalize('NFD')
    .replace(/[\p{M}\s]/gu, '')
    .toLowerCase();

const digest = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);

/** Identifies a sender, however it is written, without repeating who it is. */
export const senderFingerprint = ({ email, address }: ListingRequest['customer']): string =>
  digest([email, address.postalCode, address.houseNr, address.country].map((part) => plain(part)));

/** Identifies the content of a request without repeating it. */
export const requestFingerprint = (request: ListingRequest | RegularReturnRequest): string => digest(request);

export const cancelFingerprint = (listingId: number): string => `cancel ${listingId}`;

export const regularReturnFingerprint = (request: RegularReturnRequest): string =>
  `return ${requestFingerprint(request)}`;

export const deliverFingerprint = (shipmentId: number): string => `deliver ${shipmentId}`;
