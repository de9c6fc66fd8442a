import * as z from 'zod/mini';
import { ContractBody } from '../requests.ts';
import type { CarrierContractRow } from '../store.ts';
import { integerParam, type OperationCall, type Operations, read } from './operation.ts';

/** "Contains essential information required to facilitate communication with carriers." */
export const carrierContractOperations: Operations = {
  'GET /carrier-contracts': [200, ({ store }) => store.carrierContracts.all().map(contractResponse)],
  'POST /carrier-contracts': [201, create],
  'GET /carrier-contracts/schemas': [200, schemas],
  'GET /carrier-contracts/{id}': [200, (call) => contractResponse(contractOf(call))],
  'PUT /carrier-contracts/{id}': [200, update],
  'DELETE /carrier-contracts/{id}': [200, remove],
};

/** Replaces an existing contract of the same name. */
function create({ store, body }: OperationCall) {
  const { carrierContracts } = store;
  const given = read(ContractBody, body);
  for (const existing of carrierContracts.all()) {
    if (existing.name === given.name) carrierContracts.remove(existing.id);
  }
  return contractResponse(carrierContracts.add((id) => ({ id, ...given })));
}

/** "Does not allow name and retailer id updates": other fields of the body are ignored. */
function update(call: OperationCall) {
  const contract = contractOf(call);
  const change = read(z.pick(ContractBody, { data: true }), call.body);
  return contractResponse(call.store.carrierContracts.replace({ ...contract, ...change }));
}

function remove(call: OperationCall) {
  const contract = contractOf(call);
  call.store.carrierContracts.remove(contract.id);
  return contractResponse(contract);
}

/** The sample has the schemas of the two real carriers, collapsed: their data is not documented. */
function schemas() {
  return ['PostNL', 'DHL_eCommerce_Benelux'].map((title) => ({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    type: 'object',
  }));
}

function contractOf(call: OperationCall): CarrierContractRow {
  return call.store.carrierContracts.get(integerParam(call, 'id'));
}

function contractResponse(contract: CarrierContractRow) {
  return { ...contract, retailerId: 1 };
}
