import * as z from 'zod/mini';
import { id, listOf, maybeInteger, maybeText } from './answer-fields.ts';
import { email, text } from './request-fields.ts';

/** Body of "Create a new warehouse" and "Update warehouse". */
export const WarehouseRequest = z.strictObject({
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
  responsibleEmployeeEmail: z.optional(email),
});
export type WarehouseRequest = z.infer<typeof WarehouseRequest>;

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

/** Where articles go that are not forwarded; its address is the return address on labels. */
export const Warehouse = z.extend(WarehouseOfShipment, { id });
export type Warehouse = z.infer<typeof Warehouse>;

export const Warehouses = listOf(Warehouse);
