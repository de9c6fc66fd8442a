import type { Call, Operation } from '../operation.ts';
import { read } from '../reading.ts';
import { rowOf } from '../rows.ts';
import { CarrierContractRequest, CarrierContractUpdate } from '../schemas/carrier-contract.ts';
import type { CarrierContract } from '../store.ts';

/** "Contains essential information required to facilitate communication with carriers." */
export const carrierContracts: readonly Operation[] = [
  { name: 'GET /carrier-contracts', status: 200, run: ({ store }) => store.carrierContracts.all().map(show) },
  { name: 'POST /carrier-contracts', status: 201, run: create },
  { name: 'GET /carrier-contracts/schemas', status: 200, run: schemas },
  { name: 'GET /carrier-contracts/{id}', status: 200, run: (call) => show(contractOf(call)) },
  { name: 'PUT /carrier-contracts/{id}', status: 200, run: update },
  { name: 'DELETE /carrier-contracts/{id}', status: 200, run: remove },
];

/** One that has the name already is deleted first. */
function create({ store, body }: Call) {
  const { data, name } = read(CarrierContractRequest, body);
  const table = store.carrierContracts;
  for (const known of table.all()) {
    if (known.name === name) table.remove(known.id);
  }
  return show(table.add((id) => ({ id, data, name })));
}

/** "Does not allow name and retailer id updates": what else is sent is ignored. */
function update(call: Call) {
  const contract = contractOf(call);
  const { data } = read(CarrierContractUpdate, call.body);
  return show(call.store.carrierContracts.replace({ ...contract, data }));
}

function remove(call: Call) {
  const contract = contractOf(call);
  call.store.carrierContracts.remove(contract.id);
  return show(contract);
}

/** The sample has two, collapsed: the two real carriers, whose data the document does not describe. */
function schemas() {
  return ['PostNL', 'DHL_eCommerce_Benelux'].map((title) => ({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    type: 'object',
  }));
}

function contractOf(call: Call): CarrierContract {
  return rowOf(call.store.carrierContracts, call, 'id', 'Carrier contract');
}

function show({ id, data, name }: CarrierContract) {
  return { id, data, name, retailerId: 1 };
}
