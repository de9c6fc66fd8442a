/** What IGF needs to have a carrier make labels. A contract's data holds credentials: never log it. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { Identified, listOf } from './answers.ts';
import { requiredText } from './requests.ts';

/** What a carrier needs to know of the tenant; which fields, the carrier's own JSON schema says. */
const data = z.record(z.string(), z.unknown());

export const all = () =>
  endpoint('allCarrierContracts', 'GET /carrier-contracts', { answer: listOf(Identified) });

/** Creates a contract, in place of one with the same name. */
export const create = () =>
  endpoint('createCarrierContract', 'POST /carrier-contracts', {
    body: z.strictObject({ data, name: requiredText }),
    answer: Identified,
  });

export const get = () =>
  endpoint('getCarrierContract', 'GET /carrier-contracts/{id:int}', { answer: Identified });

/** Replaces a contract's data; its name stays. */
export const update = () =>
  endpoint('updateCarrierContract', 'PUT /carrier-contracts/{id:int}', {
    body: z.strictObject({ data }),
    answer: Identified,
    request: (data: Record<string, unknown>) => ({ body: { data } }),
  });

export const remove = () =>
  endpoint('deleteCarrierContract', 'DELETE /carrier-contracts/{id:int}', { answer: z.optional(Identified) });

/** The JSON schemas that the contracts' data must fit. */
export const schemas = () =>
  endpoint('carrierContractSchemas', 'GET /carrier-contracts/schemas', { answer: listOf(z.looseObject({})) });
