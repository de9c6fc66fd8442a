import * as z from 'zod/mini';
import { CarrierName } from './order.ts';

const data = z.record(z.string(), z.unknown());

/** Body of "Creates a new carrier contract". */
export const CarrierContractRequest = z.object({ data, name: CarrierName });
export type CarrierContractRequest = z.infer<typeof CarrierContractRequest>;

/** Body of "Updates an existing carrier contract": its name stays. */
export const CarrierContractUpdate = z.object({ data });
