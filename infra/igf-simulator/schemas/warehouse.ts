import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));

/** Body of "Create a new warehouse" and "Update warehouse". */
export const WarehouseRequest = z.object({
  name: text,
  address: z.optional(z.string()),
  postalCode: text,
  city: text,
  countryCode: text,
  houseNumber: text,
  street: text,
  type: z.optional(z.string()),
  responsibleEmployeeLastname: z.optional(z.string()),
  responsibleEmployeeFirstname: z.optional(z.string()),
  responsibleEmployeeEmail: z.optional(z.email()),
});
export type WarehouseRequest = z.infer<typeof WarehouseRequest>;
