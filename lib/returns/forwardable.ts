import type { Policy } from '../policy.ts';
import type { Article } from './article.ts';
import { readCondition, readReason, readResolution, unforwardableReasons } from './vocabulary.ts';

export type Forwardable =
  | { verdict: 'yes' }
  /** The normal Winkelstraat return goes on. */
  | { verdict: 'no'; why: string }
  /** A text that nobody has mapped: never guessed. The text itself stays in the table's facts. */
  | { verdict: 'unknown'; field: 'reason' | 'condition' | 'resolution' };

/** Whether an article can go to another customer, by what was said of it. A certain no comes before a doubt. */
export function isForwardable(article: Article, policy: Policy): Forwardable {
  const reason = readReason(article.reason);
  const condition = readCondition(article.condition);
  const resolution = readResolution(article.resolution);
  const country = article.address?.country;

  if (reason && unforwardableReasons.has(reason)) {
    return { verdict: 'no', why: `the return reason (${reason}) rules out another customer` };
  }
  if (condition === 'bad') return { verdict: 'no', why: 'the article is in bad condition' };
  if (resolution === 'other')
    return { verdict: 'no', why: 'the customer asked for something else than a refund' };
  if (article.currency && article.currency.toUpperCase() !== 'EUR') {
    return { verdict: 'no', why: `the order is in ${article.currency.toUpperCase()}, and IGF lists in EUR` };
  }
  if (country && !policy.countries.includes(country)) {
    return { verdict: 'no', why: `the sender's country (${country}) is not among the policy's countries` };
  }
  if (!reason) return { verdict: 'unknown', field: 'reason' };
  if (!condition) return { verdict: 'unknown', field: 'condition' };
  if (!resolution) return { verdict: 'unknown', field: 'resolution' };
  return { verdict: 'yes' };
}
