/** Carrier contracts: what IGF needs to have a carrier (PostNL, DHL_eCommerce_Benelux, TestCarrier) make labels. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import * as operations from '../operations.ts';
import {
  CarrierContract,
  CarrierContractRequest,
  CarrierContractSchemas,
  CarrierContracts,
  CarrierContractUpdate,
} from '../schemas/carrier-contract.ts';

const ContractId = z.strictObject({ id: z.int() });

export const all = () =>
  endpoint({
    operation: operations.allCarrierContracts,
    answer: CarrierContracts,
    request: () => ({}),
  });

/** Creates a contract, in place of one with the same name. */
export const create = () =>
  endpoint({
    operation: operations.createCarrierContract,
    body: CarrierContractRequest,
    answer: CarrierContract,
    request: (contract: CarrierContractRequest) => ({ body: contract }),
  });

export const get = () =>
  endpoint({
    operation: operations.getCarrierContract,
    parameters: ContractId,
    answer: CarrierContract,
    request: (contractId: number) => ({ parameters: { id: contractId } }),
  });

/** Replaces a contract's data; its name stays. */
export const update = () =>
  endpoint({
    operation: operations.updateCarrierContract,
    parameters: ContractId,
    body: CarrierContractUpdate,
    answer: CarrierContract,
    request: (contractId: number, data: Record<string, unknown>) => ({
      parameters: { id: contractId },
      body: { data },
    }),
  });

export const remove = () =>
  endpoint({
    operation: operations.deleteCarrierContract,
    parameters: ContractId,
    answer: z.optional(CarrierContract),
    request: (contractId: number) => ({ parameters: { id: contractId } }),
  });

/** The JSON schemas that the contracts' data must fit. */
export const schemas = () =>
  endpoint({
    operation: operations.carrierContractSchemas,
    answer: CarrierContractSchemas,
    request: () => ({}),
  });
