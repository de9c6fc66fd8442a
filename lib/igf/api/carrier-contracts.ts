/**
 * Carrier contracts: what IGF needs to have a carrier (PostNL, DHL_eCommerce_Benelux, TestCarrier) make labels. A
 * contract's data holds credentials: never log it.
 */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { id, listOf } from './answers.ts';
import { requiredText } from './requests.ts';

/** What a carrier needs to know of the tenant; which fields, the carrier's own JSON schema says. */
const data = z.record(z.string(), z.unknown());

const Contract = z.looseObject({ id });

export const all = () =>
  endpoint(53, 'allCarrierContracts', 'GET /carrier-contracts', {
    title: 'Retrieves all carrier contracts.',
    answer: listOf(Contract),
  });

/** Creates a contract, in place of one with the same name. */
export const create = () =>
  endpoint(54, 'createCarrierContract', 'POST /carrier-contracts', {
    title: 'Creates a new carrier contract.',
    body: z.strictObject({ data, name: requiredText }),
    answer: Contract,
  });

export const get = () =>
  endpoint(55, 'getCarrierContract', 'GET /carrier-contracts/{id:int}', {
    title: 'Retrieves a carrier contract.',
    answer: Contract,
  });

/** Replaces a contract's data; its name stays. */
export const update = () =>
  endpoint(56, 'updateCarrierContract', 'PUT /carrier-contracts/{id:int}', {
    title: 'Updates an existing carrier contract.',
    body: z.strictObject({ data }),
    answer: Contract,
    request: (data: Record<string, unknown>) => ({ body: { data } }),
  });

export const remove = () =>
  endpoint(57, 'deleteCarrierContract', 'DELETE /carrier-contracts/{id:int}', {
    title: 'Deletes a carrier contract.',
    answer: z.optional(Contract),
  });

/** The JSON schemas that the contracts' data must fit. */
export const schemas = () =>
  endpoint(58, 'carrierContractSchemas', 'GET /carrier-contracts/schemas', {
    title: 'Retrieves all carrier contracts Json Schema.',
    answer: listOf(z.looseObject({})),
  });
