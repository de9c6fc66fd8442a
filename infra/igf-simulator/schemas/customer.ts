import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));

/**
 * The vendor document leaves this object collapsed. The simulator asks for every part that a shipping label needs, under
 * the names that IGF's own shop module sends (`houseNr`, not `houseNumber`).
 */
export const Address = z.object({
  street: text,
  houseNr: text,
  city: text,
  postalCode: text,
  country: z.string().check(z.regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code such as "NL"')),
});
export type Address = z.infer<typeof Address>;

export const CustomerRequest = z.object({
  email: z.email(),
  lastName: text,
  firstName: z.optional(z.string()),
  phone: z.optional(z.string()),
  username: z.optional(z.string()),
  language: z.optional(z.string()),
  customerStatus: z.optional(z.int32()),
  address: Address,
});
export type CustomerRequest = z.infer<typeof CustomerRequest>;

/** Body of "Update customer". */
export const CustomerUpdate = z.omit(CustomerRequest, { customerStatus: true });

/** Body of "Ban customer by email": a JSON string. */
export const Email = z.email();
