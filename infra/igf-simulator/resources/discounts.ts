import type { Operation } from '../operation.ts';
import { read } from '../reading.ts';
import { DiscountRanges, inOrder } from '../schemas/discount.ts';

/** "Operations regarding discounts." Ranges are kept; how IGF derives a listing's discount from them is not documented. */
export const discounts: readonly Operation[] = [
  { name: 'GET /discount', status: 200, run: ({ store }) => store.discountRanges },
  {
    name: 'PUT /discount',
    status: 200,
    run: ({ store, body }) => {
      store.discountRanges = inOrder(read(DiscountRanges, body));
      return store.discountRanges;
    },
  },
];
