import type { Policy } from '../config/policy.ts';
import type { Article } from '../returns/article.ts';
import { type RetailerRules, ruledOut, safeCode } from '../returns/retailer-rules.ts';
import {
  builtInOnly,
  readCondition,
  readReason,
  readResolution,
  type TextField,
  unforwardableReasons,
} from '../returns/vocabulary.ts';

export type Forwardable =
  | { verdict: 'yes' }
  /** The normal Winkelstraat return goes on. */
  | { verdict: 'no'; why: string }
  /** A text without a mapping. The bridge never guesses. The text itself stays in the table's facts. */
  | { verdict: 'unknown'; field: TextField };

/** Whether an article can go to another customer. A certain "no" comes before an unknown text. */
export function isForwardable(
  article: Article,
  policy: Policy,
  mapped = builtInOnly,
  retailer?: RetailerRules,
): Forwardable {
  const reason = readReason(article.reason, mapped);
  const condition = readCondition(article.condition, mapped);
  const resolution = readResolution(article.resolution, mapped);
  const country = article.address?.country;

  if (reason && unforwardableReasons.has(reason)) {
    return { verdict: 'no', why: `the return reason (${reason}) rules out another customer` };
  }
  if (condition === 'bad') return { verdict: 'no', why: 'the article is in bad condition' };
  if (resolution === 'other')
    return { verdict: 'no', why: 'the customer wants something else than a refund' };
  if (article.currency && article.currency.toUpperCase() !== 'EUR') {
    return {
      verdict: 'no',
      why: `the order is in ${safeCode(article.currency.toUpperCase())}, and IGF lists in EUR`,
    };
  }
  if (country && !policy.countries.includes(country)) {
    return {
      verdict: 'no',
      why: `the sender's country (${safeCode(country)}) is not among the policy's countries`,
    };
  }
  const retailersNo = ruledOut(retailer, article.address);
  if (retailersNo) return { verdict: 'no', why: retailersNo };
  if (!reason) return { verdict: 'unknown', field: 'reason' };
  if (!condition) return { verdict: 'unknown', field: 'condition' };
  if (!resolution) return { verdict: 'unknown', field: 'resolution' };
  return { verdict: 'yes' };
}
