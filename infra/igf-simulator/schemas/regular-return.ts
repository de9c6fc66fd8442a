import * as z from 'zod/mini';
import { CustomerRequest } from './customer.ts';

/** The document leaves it collapsed: the fields by which it names an article elsewhere, and whatever else is sent. */
const Product = z.looseObject({ sku: z.string().check(z.minLength(1)), productId: z.optional(z.string()) });
export type Product = z.infer<typeof Product>;

/** Body of "Creates a regular return". */
export const RegularReturnRequest = z.object({
  webshopOrderId: z.string().check(z.minLength(1)),
  products: z.array(Product).check(z.minLength(1)),
  customer: CustomerRequest,
});
