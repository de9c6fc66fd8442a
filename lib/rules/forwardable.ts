import type { Policy } from '../config/policy.ts';
import type { ListingRequest } from '../igf/api/listings.ts';
import type { Article } from '../returns/article.ts';
import { readCountry } from '../returns/customer.ts';
import { type ListingReading, listingNumber, senderFingerprint } from '../returns/listing-request.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import { type RetailerRules, ruledOut, safeCode } from '../returns/retailer-rules.ts';
import type { ReportedTexts, ReturnItem } from '../returns/return-item.ts';
import { isInExcess } from '../returns/units.ts';
import {
  type ArticleTextField,
  articleTextFields,
  meaningOf,
  type TermMappings,
  unforwardableReasons,
} from '../returns/vocabulary.ts';

export type Forwardable =
  | { verdict: 'yes' }
  /** The normal Winkelstraat return goes on. `by`: only the retailer's configuration at IGF excludes it. */
  | { verdict: 'no'; why: string; by?: 'retailer' }
  /** A text without a mapping. The bridge never guesses. The text itself stays in the table's facts. */
  | { verdict: 'unknown'; field: ArticleTextField; text: string };

interface ForwardingContext {
  policy: Policy;
  texts: ReportedTexts;
  itemCount: number;
  mapped?: TermMappings | undefined;
  retailer?: RetailerRules | undefined;
}

/** Whether an article can go to another customer. A certain "no" comes before an unknown text. */
export function isForwardable(article: Article, context: ForwardingContext): Forwardable {
  const why = textObstacle(article, context) ?? otherObstacle(article, context);
  if (why !== undefined) return { verdict: 'no', why };
  const retailersNo = ruledOut(context.retailer, article.address);
  if (retailersNo !== undefined) return { verdict: 'no', why: retailersNo, by: 'retailer' };
  const field = articleTextFields.find(
    (name) => meaningOf(name, article[name], context.mapped) === undefined,
  );
  return field ? { verdict: 'unknown', field, text: article[field] ?? '' } : { verdict: 'yes' };
}

const allTexts = (field: ArticleTextField, article: Article, texts: ReportedTexts) => [
  article[field],
  ...(texts[field] ?? []),
];

/** Whether an article has, or had, a text that the built-in texts do not explain. */
export const hasUnknownText = (article: Article, texts: ReportedTexts): boolean =>
  articleTextFields.some((field) =>
    allTexts(field, article, texts).some((text) => meaningOf(field, text) === undefined),
  );

/**
 * A text that rules out another customer counts also when a later delivery has another text: the older body of an RMA
 * may come last.
 */
function textObstacle(article: Article, { texts, mapped }: ForwardingContext): string | undefined {
  const meaningsOf = <Field extends ArticleTextField>(field: Field) =>
    allTexts(field, article, texts).map((text) => meaningOf(field, text, mapped));
  const reason = meaningsOf('reason').find((meaning) => meaning && unforwardableReasons.has(meaning));
  if (reason) return `the return reason (${reason}) rules out another customer`;
  if (meaningsOf('condition').includes('bad')) return 'the article is in bad condition';
  const isOther = meaningsOf('resolution').includes('other');
  return isOther ? 'the customer wants something other than a refund' : undefined;
}

function otherObstacle(article: Article, { policy, itemCount }: ForwardingContext): string | undefined {
  const { quantity, price, currencies, address } = article;
  if (policy.forward === 'single-item' && itemCount > 1)
    return `its RMA has ${itemCount} items, and IGF forwards single-item returns only`;
  if (quantity > 1) return `it has ${quantity} units, and an IGF order has one`;
  if (quantity !== 1) return 'no unit of it comes back';
  if (price === 0) return 'nothing was paid for it';
  const currency = currencies.find((code) => code !== 'EUR');
  if (currency) return `the order is in ${safeCode(currency)}, and IGF lists in EUR`;
  // An unknown country is no reason to say no: a person must look at it.
  const country = address?.country && readCountry(address.country);
  return country && !policy.countries.includes(country)
    ? `the sender's country (${country}) is not among the policy's countries`
    : undefined;
}

/** A fact that has changed since the article was listed. */
export interface Change {
  /** `rule`: it can't go to another customer now. `request`: its listing would have other values. */
  kind: 'rule' | 'units' | 'request';
  /** Completes "The listing is not right any more: …". */
  why: string;
}

interface Facts {
  order: OrderSnapshot;
  item: ReturnItem;
  forwardable: Forwardable | undefined;
  listing: ListingReading | undefined;
}

/** Completes "The listing is not right any more: …" for a unit that was never sent. */
export const tooManyUnits = 'more units come back than were sent';

/** What changed so that an article would not be listed now, or not in the same way. */
export function changeSinceListed({ order, item, forwardable, listing }: Facts): Change | undefined {
  // IGF itself watches over the merchant's configuration there.
  if (forwardable?.verdict === 'no' && forwardable.by !== 'retailer')
    return { kind: 'rule', why: forwardable.why };
  if (forwardable?.verdict === 'unknown') {
    return { kind: 'rule', why: `the text of its ${forwardable.field} is unknown` };
  }
  if (isInExcess(order, item)) return { kind: 'units', why: tooManyUnits };
  const why = listing && changeOfListing(item, listing);
  return why === undefined ? undefined : { kind: 'request', why };
}

/** A value that is missing now was not sent this time. One that can't be used was changed. */
function changeOfListing(item: ReturnItem, listing: ListingReading): string | undefined {
  if ('request' in listing) return changeOfRequest(item, listing.request);
  if ('missing' in listing) return undefined;
  return `these values cannot be used: ${listing.unusable.map(({ part }) => part).join(', ')}`;
}

function changeOfRequest({ listedAs }: ReturnItem, request: ListingRequest): string | undefined {
  const { reason, price, sender } = listedAs ?? {};
  const { returnReason, originalPrice, customer } = request;
  if (price !== undefined && price !== originalPrice) {
    return `its price is EUR ${originalPrice.toFixed(2)}, and it was listed at EUR ${price.toFixed(2)}`;
  }
  if (reason !== undefined && reason !== returnReason) {
    return `its return reason is ${returnReason}, and it was listed as ${reason}`;
  }
  if (sender !== undefined && sender !== senderFingerprint(customer))
    return "the sender's address has changed";
  return undefined;
}

export const mostListings = 3;

/** Why the unsold listing of a return must be withdrawn; `undefined` when it may stay. */
export function whyWithdraw(item: ReturnItem, change: Change | undefined): string | undefined {
  if (!change) return undefined;
  return change.kind === 'request' && listingNumber(item) >= mostListings ? undefined : change.why;
}
