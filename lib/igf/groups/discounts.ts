/** Discounts: up to how much an article of a price may be discounted for its next buyer. */
import { endpoint } from '../endpoint.ts';
import * as operations from '../operations.ts';
import { listOf } from '../schemas/answer-fields.ts';
import { DiscountRange, DiscountRangesRequest } from '../schemas/discount.ts';

export const all = () =>
  endpoint({
    operation: operations.allDiscountRanges,
    answer: listOf(DiscountRange),
    request: () => ({}),
  });

/** Replaces all ranges. IGF refuses gaps between them. */
export const replace = () =>
  endpoint({
    operation: operations.replaceDiscountRanges,
    body: DiscountRangesRequest,
    answer: listOf(DiscountRange),
    request: (ranges: DiscountRangesRequest) => ({ body: ranges }),
  });
