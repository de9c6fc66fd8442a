/** The kinds of value in requests, which are strict: they have only the fields that the document names. */
import * as z from 'zod/mini';

/** A required text. An empty one would be another operation where it is part of a path. */
export const requiredText = z.string().check(z.minLength(1));

/** Roughly an email address: IGF checks the rest. */
export const email = z.email({ pattern: /^[^\s@]+@[^\s@]+$/ });

/** ISO 3166-1 alpha-2, such as `NL`. */
export const country = z.string().check(z.regex(/^[A-Z]{2}$/));

/**
 * The document does not show these fields: a working public client sends them. It has changed from `houseNumber` to
 * `houseNr`. Which ones are required is not known, so IGF checks that.
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
