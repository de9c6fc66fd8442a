/** Discounts: up to how much an article of a price may be discounted for its next buyer. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { listOf } from './answers.ts';

/** Nothing reads its fields yet: the document lists them. */
const DiscountRange = z.looseObject({});

export const all = () => endpoint('allDiscountRanges', 'GET /discount', { answer: listOf(DiscountRange) });

/** Replaces all ranges. IGF refuses gaps between them. */
export const replace = () =>
  endpoint('replaceDiscountRanges', 'PUT /discount', {
    body: z.array(z.strictObject({ minPrice: z.number(), maxPrice: z.number(), maxDiscount: z.number() })),
    answer: listOf(DiscountRange),
  });
