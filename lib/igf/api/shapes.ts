/** Objects that occur in several groups. */
import * as z from 'zod/mini';
import {
  country,
  email,
  maybeDateTime,
  maybeInteger,
  maybeOneOf,
  maybeText,
  requiredText,
} from './fields.ts';

/**
 * The document leaves this object collapsed: these are the names that a working public client of the API sends (it was
 * changed from `houseNumber` to `houseNr`). Which parts are required is not known, so IGF checks that.
 */
export const CustomerAddress = z.strictObject({
  street: z.optional(z.string()),
  houseNr: z.optional(z.string()),
  city: z.optional(z.string()),
  postalCode: z.optional(z.string()),
  country: z.optional(country),
});

/** "CustomerRequest": who sends an article back, or who buys it. The same customer is the same email and address. */
export const CustomerRequest = z.strictObject({
  email,
  lastName: requiredText,
  firstName: z.optional(z.string()),
  phone: z.optional(z.string()),
  username: z.optional(z.string()),
  /** Of the mails that IGF sends, such as `nl`. */
  language: z.optional(z.string()),
  customerStatus: z.optional(z.int()),
  address: CustomerAddress,
});
export type CustomerRequest = z.infer<typeof CustomerRequest>;

/** The sender or receiver within another answer. */
export const Party = z.looseObject({
  id: maybeInteger,
  username: maybeText,
  firstName: maybeText,
  lastName: maybeText,
  email: maybeText,
  phone: maybeText,
  customerStatus: maybeInteger,
  addressId: maybeInteger,
  language: maybeText,
});

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

/** The warehouse within a shipment. */
export const WarehouseOfShipment = z.looseObject({
  id: maybeInteger,
  name: maybeText,
  address: maybeText,
  postalCode: maybeText,
  city: maybeText,
  countryCode: maybeText,
  country: maybeText,
  houseNumber: maybeText,
  street: maybeText,
  retailerId: maybeInteger,
  type: maybeText,
  responsibleEmployeeLastname: maybeText,
  responsibleEmployeeFirstname: maybeText,
  responsibleEmployeeEmail: maybeText,
});
