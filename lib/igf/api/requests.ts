/**
 * The kinds of value in requests, and the bodies that several operations have. Requests are strict: they may only have
 * the fields that the document names.
 */
import * as z from 'zod/mini';

/** A required text. An empty one would be another operation where it is part of a path. */
export const requiredText = z.string().check(z.minLength(1));

/** Roughly an email address: IGF checks the rest. */
export const email = z.email({ pattern: /^[^\s@]+@[^\s@]+$/ });

/** ISO 3166-1 alpha-2, such as `NL`. */
export const country = z.string().check(z.regex(/^[A-Z]{2}$/));

/** A text in a path. A dot or two would be read as another path. */
export const pathText = z.string().check(z.minLength(1), z.regex(/^(?!\.{1,2}$)/));

/** An id that the document types as a text, while every answer shows it as an integer. */
export const idOrText = z.union([z.int32(), pathText]);

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
