import * as z from 'zod/mini';
import { buy } from '../life/buying.ts';
import type { Moment } from '../life/moment.ts';
import { CustomerRequest } from '../schemas/customer.ts';
import { CarrierName } from '../schemas/order.ts';
import type { Order } from '../store.ts';

/** Somebody buys a listing: what is not said of them is made up. */
export const Purchase = z.strictObject({
  listingId: z.int32(),
  webshopOrderId: z.optional(z.string()),
  webshopOrderItemId: z.optional(z.string()),
  carrierName: z.optional(CarrierName),
  customer: z.optional(CustomerRequest),
});

export function purchase(moment: Moment, request: z.infer<typeof Purchase>): Order {
  const { listingId, webshopOrderId = `bought-${listingId}`, customer = aBuyer } = request;
  return buy(moment, { ...request, webshopOrderId, customer });
}

const aBuyer: CustomerRequest = {
  email: 'buyer@example.com',
  firstName: 'Bo',
  lastName: 'Buyer',
  address: { street: 'Coolsingel', houseNr: '40', city: 'Rotterdam', postalCode: '3011 AD', country: 'NL' },
};
