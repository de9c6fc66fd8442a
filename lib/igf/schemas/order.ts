import * as z from 'zod/mini';
import { id, listOf, maybeDateTime, maybeInteger, maybeOneOf, maybeText } from './answer-fields.ts';
import { CustomerRequest, Party } from './customer.ts';

/** Body of "Creates an order" and "Commits an order". */
export const OrderRequest = z.strictObject({
  listingId: z.int32(),
  webshopOrderId: z.optional(z.string()),
  webshopOrderItemId: z.optional(z.string()),
  /** By default the carrier that was added first. */
  carrierName: z.optional(z.enum(['PostNL', 'DHL_eCommerce_Benelux', 'TestCarrier'])),
  /** The receiver. The document writes the key `Customer`; a working public client sends it so. */
  customer: CustomerRequest,
});
export type OrderRequest = z.infer<typeof OrderRequest>;

/** Body of "Confirms or rejects an order". */
export const Finalization = z.strictObject({ action: z.enum(['CONFIRM', 'REJECT']) });

/** The order within a shipment. */
export const OrderOfShipment = z.looseObject({
  id: maybeInteger,
  listingId: maybeInteger,
  sku: maybeText,
  productId: maybeText,
  orderDate: maybeDateTime,
  returnDeadline: maybeDateTime,
  status: maybeOneOf('Matched', 'Labelled', 'Shipped', 'Completed', 'Cancelled'),
  createdAt: maybeDateTime,
  updatedAt: maybeDateTime,
  webshopOrderId: maybeText,
  webshopOrderItemId: maybeText,
  cancelReason: maybeOneOf('NOT_DELIVERED_BY_CARRIER', 'CUSTOMER_BANNED', 'RETURN_DEADLINE_PASSED'),
  listingWebshopOrderId: maybeText,
  receiverId: maybeInteger,
  senderId: maybeInteger,
  sender: z.nullish(Party),
  receiver: z.nullish(Party),
});

/** An order: somebody bought a listing. */
export const Order = z.extend(OrderOfShipment, { id });
export type Order = z.infer<typeof Order>;

export const Orders = listOf(Order);

/** An order with `options=ordersDetails`: these three fields only, not even an id. */
export const OrderDetails = z.looseObject({
  sku: maybeText,
  webshopOrderId: maybeText,
  listingWebshopOrderId: maybeText,
});
export type OrderDetails = z.infer<typeof OrderDetails>;
