import * as z from 'zod/mini';
import { id, listOf, maybeInteger, maybeText } from './answer-fields.ts';
import { text } from './request-fields.ts';

/** What a carrier needs to know of the tenant; which fields, the carrier's own JSON schema says. */
const data = z.record(z.string(), z.unknown());

/** Body of "Creates a new carrier contract". */
export const CarrierContractRequest = z.strictObject({ data, name: text });
export type CarrierContractRequest = z.infer<typeof CarrierContractRequest>;

/** Body of "Updates an existing carrier contract": name and retailer stay as they are. */
export const CarrierContractUpdate = z.strictObject({ data });

/** A contract with a carrier. Its data holds credentials: never log it. */
export const CarrierContract = z.looseObject({
  id,
  data: z.nullish(data),
  name: maybeText,
  retailerId: maybeInteger,
});
export type CarrierContract = z.infer<typeof CarrierContract>;

export const CarrierContracts = listOf(CarrierContract);

/** The JSON schemas of the contracts' data. */
export const CarrierContractSchemas = listOf(z.looseObject({}));
