import * as z from 'zod/mini';
import { type OperationCall, operation, read, type SimulatedOperation } from './operation.ts';

/** "Operations regarding discounts." How the ranges affect a listing's discount is not documented. */
export const discountOperations: readonly SimulatedOperation[] = [
  operation('GET /discount', 200, ({ store }) => store.discountRanges),
  operation('PUT /discount', 200, replace),
];

const DiscountRange = z
  .object({ minPrice: z.number(), maxPrice: z.number(), maxDiscount: z.number() })
  .check(z.refine(({ minPrice, maxPrice }) => minPrice < maxPrice, 'minPrice must be less than maxPrice'));
type DiscountRange = z.infer<typeof DiscountRange>;

/** Body of "Change the previous discount ranges", in any order. Sorted, they must have no gaps. */
const DiscountRanges = z
  .array(DiscountRange)
  .check(z.refine(isGapless, 'There should be no gaps between ranges (and no overlaps)'));

function isGapless(ranges: readonly DiscountRange[]): boolean {
  const sorted = inOrder(ranges);
  return sorted.every(({ minPrice }, index) => index === 0 || minPrice === sorted[index - 1]?.maxPrice);
}

function inOrder(ranges: readonly DiscountRange[]): DiscountRange[] {
  return ranges.toSorted((one, other) => one.minPrice - other.minPrice);
}

function replace({ store, body }: OperationCall) {
  store.discountRanges = inOrder(read(DiscountRanges, body));
  return store.discountRanges;
}
