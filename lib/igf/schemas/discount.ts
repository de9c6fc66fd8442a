import * as z from 'zod/mini';
import { maybeNumber } from './answer-fields.ts';

/** Body of "Change the previous discount ranges". There must be no gaps between ranges, which IGF checks. */
export const DiscountRangesRequest = z.array(
  z.strictObject({ minPrice: z.number(), maxPrice: z.number(), maxDiscount: z.number() }),
);
export type DiscountRangesRequest = z.infer<typeof DiscountRangesRequest>;

/** Up to how much an article of a price may be discounted. */
export const DiscountRange = z.looseObject({
  minPrice: maybeNumber,
  maxPrice: maybeNumber,
  maxDiscount: maybeNumber,
});
export type DiscountRange = z.infer<typeof DiscountRange>;
