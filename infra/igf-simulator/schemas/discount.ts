import * as z from 'zod/mini';

const DiscountRange = z
  .object({ minPrice: z.number(), maxPrice: z.number(), maxDiscount: z.number() })
  .check(z.refine(({ minPrice, maxPrice }) => minPrice < maxPrice, 'minPrice must be less than maxPrice'));
export type DiscountRange = z.infer<typeof DiscountRange>;

/** Body of "Change the previous discount ranges", in any order. Each must begin where the one before it ends. */
export const DiscountRanges = z
  .array(DiscountRange)
  .check(z.refine(isGapless, 'There should be no gaps between ranges (and no overlaps)'));

function isGapless(ranges: readonly DiscountRange[]): boolean {
  const sorted = inOrder(ranges);
  return sorted.every(({ minPrice }, at) => at === 0 || minPrice === sorted[at - 1]?.maxPrice);
}

export function inOrder(ranges: readonly DiscountRange[]): DiscountRange[] {
  return ranges.toSorted((a, b) => a.minPrice - b.minPrice);
}
