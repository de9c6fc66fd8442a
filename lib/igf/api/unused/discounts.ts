/** Discounts: up to how much an article of a price may be discounted for its next buyer. */
import * as z from 'zod/mini';
import { endpoint } from '../../endpoint.ts';
import { listOf, maybeNumber } from '../answers.ts';

/** Body of "Change the previous discount ranges". There must be no gaps between ranges, which IGF checks. */
const DiscountRangesRequest = z.array(
  z.strictObject({ minPrice: z.number(), maxPrice: z.number(), maxDiscount: z.number() }),
);
type DiscountRangesRequest = z.infer<typeof DiscountRangesRequest>;

/** Up to how much an article of a price may be discounted. */
const DiscountRange = z.looseObject({
  minPrice: maybeNumber,
  maxPrice: maybeNumber,
  maxDiscount: maybeNumber,
});

export const all = () =>
  endpoint(59, 'allDiscountRanges', 'GET /discount', 'Get all discount ranges.', {
    answer: listOf(DiscountRange),
  });

/** Replaces all ranges. IGF refuses gaps between them. */
export const replace = () =>
  endpoint(60, 'replaceDiscountRanges', 'PUT /discount', 'Change the previous discount ranges.', {
    body: DiscountRangesRequest,
    answer: listOf(DiscountRange),
    request: (ranges: DiscountRangesRequest) => ({ body: ranges }),
  });
