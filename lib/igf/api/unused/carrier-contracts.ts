/** Carrier contracts: what IGF needs to have a carrier (PostNL, DHL_eCommerce_Benelux, TestCarrier) make labels. */
import * as z from 'zod/mini';
import { endpoint } from '../../endpoint.ts';
import { id, listOf, maybeInteger, maybeText } from '../answers.ts';
import { requiredText } from '../requests.ts';

/** What a carrier needs to know of the tenant; which fields, the carrier's own JSON schema says. */
const data = z.record(z.string(), z.unknown());

/** Body of "Creates a new carrier contract". */
const CarrierContractRequest = z.strictObject({ data, name: requiredText });
type CarrierContractRequest = z.infer<typeof CarrierContractRequest>;

/** Body of "Updates an existing carrier contract": name and retailer stay as they are. */
const CarrierContractUpdate = z.strictObject({ data });

/** A contract with a carrier. Its data holds credentials: never log it. */
const CarrierContract = z.looseObject({
  id,
  data: z.nullish(data),
  name: maybeText,
  retailerId: maybeInteger,
});

const CarrierContracts = listOf(CarrierContract);

/** The JSON schemas of the contracts' data. */
const CarrierContractSchemas = listOf(z.looseObject({}));

const ContractId = z.strictObject({ id: z.int() });

export const all = () =>
  endpoint(53, 'allCarrierContracts', 'GET /carrier-contracts', 'Retrieves all carrier contracts.', {
    answer: CarrierContracts,
  });

/** Creates a contract, in place of one with the same name. */
export const create = () =>
  endpoint(54, 'createCarrierContract', 'POST /carrier-contracts', 'Creates a new carrier contract.', {
    body: CarrierContractRequest,
    answer: CarrierContract,
    request: (contract: CarrierContractRequest) => ({ body: contract }),
  });

export const get = () =>
  endpoint(55, 'getCarrierContract', 'GET /carrier-contracts/{id}', 'Retrieves a carrier contract.', {
    parameters: ContractId,
    answer: CarrierContract,
    request: (contractId: number) => ({ parameters: { id: contractId } }),
  });

/** Replaces a contract's data; its name stays. */
export const update = () =>
  endpoint(
    56,
    'updateCarrierContract',
    'PUT /carrier-contracts/{id}',
    'Updates an existing carrier contract.',
    {
      parameters: ContractId,
      body: CarrierContractUpdate,
      answer: CarrierContract,
      request: (contractId: number, data: Record<string, unknown>) => ({
        parameters: { id: contractId },
        body: { data },
      }),
    },
  );

export const remove = () =>
  endpoint(57, 'deleteCarrierContract', 'DELETE /carrier-contracts/{id}', 'Deletes a carrier contract.', {
    parameters: ContractId,
    answer: z.optional(CarrierContract),
    request: (contractId: number) => ({ parameters: { id: contractId } }),
  });

/** The JSON schemas that the contracts' data must fit. */
export const schemas = () =>
  endpoint(
    58,
    'carrierContractSchemas',
    'GET /carrier-contracts/schemas',
    'Retrieves all carrier contracts Json Schema.',
    { answer: CarrierContractSchemas },
  );
