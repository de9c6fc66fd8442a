import * as z from 'zod/mini';
import { CustomerRequest } from './customer.ts';

/** The carriers that the document supports. */
export const CarrierName = z.enum(['PostNL', 'DHL_eCommerce_Benelux', 'TestCarrier']);
export type CarrierName = z.infer<typeof CarrierName>;

const fields = z.object({
  listingId: z.int32(),
  webshopOrderId: z.optional(z.string()),
  webshopOrderItemId: z.optional(z.string()),
  carrierName: z.optional(CarrierName),
  customer: CustomerRequest,
});

/** Body of "Creates an order" and "Commits an order". The document writes `Customer`, IGF's own shop module `customer`. */
export const OrderRequest = z.pipe(z.transform(withSmallCustomer), fields);
export type OrderRequest = z.infer<typeof fields>;

function withSmallCustomer(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('Customer' in body)) return body;
  const { Customer: customer, ...rest } = body;
  return { ...rest, customer };
}

/** Body of "Confirms or rejects an order". */
export const Finalization = z.object({ action: z.enum(['CONFIRM', 'REJECT']) });
