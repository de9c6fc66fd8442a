import * as z from 'zod/mini';
import { id, maybeInteger, maybeText } from './answer-fields.ts';
import { country, email, text } from './request-fields.ts';

/**
 * The document leaves this object collapsed: these are the names that a working public client of the API sends (it was
 * changed from `houseNumber` to `houseNr`). Which parts are required is not known, so IGF judges.
 */
export const Address = z.strictObject({
  street: z.optional(z.string()),
  houseNr: z.optional(z.string()),
  city: z.optional(z.string()),
  postalCode: z.optional(z.string()),
  country: z.optional(country),
});
export type Address = z.infer<typeof Address>;

/** "CustomerRequest": who sends an article back, or who buys it. The same customer is the same email and address. */
export const CustomerRequest = z.strictObject({
  email,
  lastName: text,
  firstName: z.optional(z.string()),
  phone: z.optional(z.string()),
  username: z.optional(z.string()),
  /** Of the mails that IGF sends, such as `nl`. */
  language: z.optional(z.string()),
  customerStatus: z.optional(z.int()),
  address: Address,
});
export type CustomerRequest = z.infer<typeof CustomerRequest>;

/** Body of "Update customer". */
export const CustomerUpdate = z.strictObject({
  username: z.optional(z.string()),
  email,
  firstName: z.optional(z.string()),
  lastName: text,
  phone: z.optional(z.string()),
  language: z.optional(z.string()),
  address: Address,
});
export type CustomerUpdate = z.infer<typeof CustomerUpdate>;

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
export type Party = z.infer<typeof Party>;

/** "CustomerResponse". */
export const Customer = z.extend(Party, { id });
export type Customer = z.infer<typeof Customer>;
