import type { Policy } from '../config/policy.ts';
import type { Article } from '../returns/article.ts';
import { readCountry } from '../returns/customer.ts';
import { type RetailerRules, ruledOut, safeCode } from '../returns/retailer-rules.ts';
import type { ReportedTexts } from '../returns/return-item.ts';
import {
  type ArticleTextField,
  articleTextFields,
  meaningOf,
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

type No = Omit<Extract<Forwardable, { verdict: 'no' }>, 'verdict'>;

/**
 * A text that rules out another customer counts also when a later delivery has another text, because an RMA has no time
 * of its change, and an older body may come last.
 */
function textObstacle(article: Article, { texts, mapped }: ForwardingContext): No | undefined {
  const meaningsOf = <Field extends ArticleTextField>(field: Field) =>
    allTexts(field, article, texts).map((text) => meaningOf(field, text, mapped));
  const reason = meaningsOf('reason').find((meaning) => meaning && unforwardableReasons.has(meaning));
  if (reason) return { about: 'text', why: `the return reason (${reason}) rules out another customer` };
  if (meaningsOf('condition').includes('bad')) {
    return { about: 'text', why: 'the article is in bad condition' };
  }
  return meaningsOf('resolution').includes('other')
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
