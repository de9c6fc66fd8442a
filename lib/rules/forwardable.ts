import type { Policy } from '../config/policy.ts';
import type { Article } from '../returns/article.ts';
import { readCountry } from '../returns/country.ts';
import { type RetailerRules, ruledOut, safeCode } from '../returns/retailer-rules.ts';
import type { ReportedTexts } from '../returns/return-item.ts';
import {
  type ArticleTextField,
  builtInOnly,
  readCondition,
  readReason,
  readResolution,
  type TermMappings,
  unforwardableReasons,
} from '../returns/vocabulary.ts';

export type Forwardable =
  | { verdict: 'yes' }
  /** The normal Winkelstraat return goes on. */
  | { verdict: 'no'; about: Obstacle; why: string }
  /** A text without a mapping. The bridge never guesses. The text itself stays in the table's facts. */
  | { verdict: 'unknown'; field: ArticleTextField; text: string };

/** What keeps an article from another customer. */
export type Obstacle = 'text' | 'items' | 'units' | 'price' | 'currency' | 'country' | 'retailer';

/** The inputs beside the article. */
interface ForwardingContext {
  policy: Policy;
  /** Every text that was ever reported about the article. */
  texts: ReportedTexts;
  /** The number of items of its RMA. */
  itemCount: number;
  mapped?: TermMappings | undefined;
  retailer?: RetailerRules | undefined;
}

/** Whether an article can go to another customer. A certain "no" comes before an unknown text. */
export function isForwardable(article: Article, context: ForwardingContext): Forwardable {
  const no = textObstacle(article, context) ?? otherObstacle(article, context);
  if (no) return { verdict: 'no', ...no };
  const { mapped = builtInOnly } = context;
  const unread = (
    [
      ['reason', readReason(article.reason, mapped)],
      ['condition', readCondition(article.condition, mapped)],
      ['resolution', readResolution(article.resolution, mapped)],
    ] as const
  ).find(([, meaning]) => meaning === undefined);
  return unread
    ? { verdict: 'unknown', field: unread[0], text: article[unread[0]] ?? '' }
    : { verdict: 'yes' };
}

/** Whether an article has, or had, a text that the built-in texts do not explain. */
export const hasUnknownText = (article: Article, texts: ReportedTexts): boolean =>
  [article.reason, ...(texts.reason ?? [])].some((text) => readReason(text) === undefined) ||
  [article.condition, ...(texts.condition ?? [])].some((text) => readCondition(text) === undefined) ||
  [article.resolution, ...(texts.resolution ?? [])].some((text) => readResolution(text) === undefined);

type No = Omit<Extract<Forwardable, { verdict: 'no' }>, 'verdict'>;

/**
 * A text that rules out another customer counts also when a later delivery has another text, because an RMA has no
 * time of its change, and an older body may come last.
 */
function textObstacle(article: Article, { texts, mapped = builtInOnly }: ForwardingContext): No | undefined {
  const all = (field: ArticleTextField) => [article[field], ...(texts[field] ?? [])];
  const reason = all('reason')
    .map((text) => readReason(text, mapped))
    .find((meaning) => meaning && unforwardableReasons.has(meaning));
  if (reason) return { about: 'text', why: `the return reason (${reason}) rules out another customer` };
  if (all('condition').some((text) => readCondition(text, mapped) === 'bad')) {
    return { about: 'text', why: 'the article is in bad condition' };
  }
  return all('resolution').some((text) => readResolution(text, mapped) === 'other')
    ? { about: 'text', why: 'the customer wants something else than a refund' }
    : undefined;
}

function otherObstacle(article: Article, context: ForwardingContext): No | undefined {
  const { policy, itemCount, retailer } = context;
  const { quantity, price, currencies, address } = article;
  if (policy.forward === 'single-item' && itemCount > 1) {
    return {
      about: 'items',
      why: `its RMA has ${itemCount} items, and IGF forwards single-item returns only`,
    };
  }
  if (quantity !== 1) {
    const why =
      quantity > 1 ? `it has ${quantity} units, and an IGF order has one` : 'no unit of it comes back';
    return { about: 'units', why };
  }
  if (price === 0) return { about: 'price', why: 'nothing was paid for it' };
  const currency = currencies.find((code) => code !== 'EUR');
  if (currency)
    return { about: 'currency', why: `the order is in ${safeCode(currency)}, and IGF lists in EUR` };
  // An unknown country is no reason to say no: a person must look at it.
  const country = address?.country && readCountry(address.country);
  if (country && !policy.countries.includes(country)) {
    const why = `the sender's country (${country}) is not among the policy's countries`;
    return { about: 'country', why };
  }
  const retailersNo = ruledOut(retailer, address);
  return retailersNo === undefined ? undefined : { about: 'retailer', why: retailersNo };
}
