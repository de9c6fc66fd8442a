/**
 * The kinds of value in requests, and the bodies that several operations have. Requests are strict: they may only have
 * the fields that the document names.
 */
import * as z from 'zod/mini';
import { returnReasons } from '../../facts/vendor-terms.ts';

/** A required text. An empty one would be another operation where it is part of a path. */
export const requiredText = z.string().check(z.minLength(1));

/** Roughly an email address: IGF checks the rest. */
export const email = z.email({ pattern: /^[^\s@]+@[^\s@]+$/ });

/** ISO 3166-1 alpha-2, such as `NL`. */
export const country = z.string().check(z.regex(/^[A-Z]{2}$/));

/**
 * The document leaves this object collapsed: these are the names that a working public client of the API sends (it was
 * changed from `houseNumber` to `houseNr`). Which parts are required is not known, so IGF checks that.
 */
const CustomerAddress = z.strictObject({
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

/** Body of "Create a new listing". */
export const ListingRequest = z.strictObject({
  sku: requiredText,
  productId: requiredText,
  listingWebshopOrderId: requiredText,
  returnReason: z.enum(returnReasons),
  returnReasonComment: z.optional(z.string()),
  originalPrice: z.number(),
  /** How many of the article are returned. */
  quantity: z.optional(z.int()),
  /** How many of the article were ordered. */
  maxQuantity: z.optional(z.int()),
  customer: CustomerRequest,
});
export type ListingRequest = z.infer<typeof ListingRequest>;

/** Body of "Creates a regular return". The document leaves a product collapsed: its fields are IGF's to judge. */
export const ReturnRequest = z.strictObject({
  webshopOrderId: requiredText,
  products: z.array(z.record(z.string(), z.unknown())),
  customer: CustomerRequest,
});
export type ReturnRequest = z.infer<typeof ReturnRequest>;

/**
 * Body of "Check if the given items can be forwarded". The document leaves the item collapsed: the two names are those
 * of its answer, and other fields that a tenant has agreed with IGF are passed on.
 */
export const ForwardableRequest = z.strictObject({
  items: z.optional(
    z.array(z.looseObject({ sku: z.optional(z.string()), productId: z.optional(z.string()) })),
  ),
  webshopOrderId: z.optional(z.string()),
  address: z.optional(CustomerAddress),
});
