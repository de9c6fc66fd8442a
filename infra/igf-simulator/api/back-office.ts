import * as z from 'zod/mini';
import { notAllowed, notFound } from '../errors.ts';
import { ContractBody, SubscriptionBody, WarehouseBody } from '../requests.ts';
import type { CarrierContractRow, WarehouseRow } from '../store.ts';
import { integerParam, type OperationCall, type Operations, read } from './operation.ts';

/** What the tenant sets up by itself: warehouses, webhooks and contracts with carriers. */
export const backOfficeOperations: Operations = {
  // "Operations regarding the warehouses." The tenant has one retailer, so all warehouses are the retailer's.
  'GET /warehouse': [200, allWarehouses],
  'POST /warehouse': [201, createWarehouse],
  'GET /warehouse/retailer': [200, allWarehouses],
  'GET /warehouse/{id}': [200, ({ store, params }) => warehouseResponse(store.warehouses.get(params.id))],
  'PUT /warehouse/{id}': [200, updateWarehouse],
  'DELETE /warehouse/{id}': [204, ({ store, params }) => void store.warehouses.remove(params.id)],
  // "Allow customers to subscribe to changes made to listings."
  'GET /webhooks': [200, ({ store }) => store.subscriptions.all()],
  'POST /webhooks': [201, subscribe],
  'DELETE /webhooks/{id}': [204, (call) => void call.store.subscriptions.remove(integerParam(call, 'id'))],
  'DELETE /webhooks/eventType/{eventType}': [204, unsubscribe],
  // "Contains essential information required to facilitate communication with carriers."
  'GET /carrier-contracts': [200, ({ store }) => store.carrierContracts.all().map(contractResponse)],
  'POST /carrier-contracts': [201, createContract],
  'GET /carrier-contracts/schemas': [200, contractSchemas],
  'GET /carrier-contracts/{id}': [200, (call) => contractResponse(contractOf(call))],
  'PUT /carrier-contracts/{id}': [200, updateContract],
  'DELETE /carrier-contracts/{id}': [
    200,
    (call) => contractResponse(call.store.carrierContracts.remove(contractOf(call).id)),
  ],
};

function allWarehouses({ store }: OperationCall) {
  return store.warehouses.all().map(warehouseResponse);
}

function createWarehouse({ store, body }: OperationCall) {
  const request = read(WarehouseBody, body);
  return warehouseResponse(store.warehouses.add((id) => ({ ...request, id })));
}

function updateWarehouse({ store, params, body }: OperationCall) {
  const { id } = store.warehouses.get(params.id);
  return warehouseResponse(store.warehouses.replace({ ...read(WarehouseBody, body), id }));
}

/** WarehouseResponse of the vendor document: it has the country twice, and its sample has `type: null`. */
export function warehouseResponse({ id, ...warehouse }: WarehouseRow) {
  return { id, ...warehouse, country: warehouse.countryCode, retailerId: 1, type: warehouse.type ?? null };
}

function subscribe({ store, body }: OperationCall) {
  const request = read(SubscriptionBody, body);
  if (store.subscriptions.all().some(({ eventType }) => eventType === request.eventType)) {
    throw notAllowed('Only one webhook per event type is allowed');
  }
  return store.subscriptions.add((id) => ({ id, ...request }));
}

function unsubscribe({ store, params }: OperationCall): void {
  const { eventType } = read(z.pick(SubscriptionBody, { eventType: true }), params);
  const subscription = store.subscriptions.all().find((each) => each.eventType === eventType);
  if (subscription === undefined) throw notFound(`A webhook for ${eventType}`);
  store.subscriptions.remove(subscription.id);
}

/** Replaces an existing contract of the same name. */
function createContract({ store, body }: OperationCall) {
  const { carrierContracts } = store;
  const given = read(ContractBody, body);
  const existing = carrierContracts.all().find(({ name }) => name === given.name);
  if (existing) carrierContracts.remove(existing.id);
  return contractResponse(carrierContracts.add((id) => ({ id, ...given })));
}

/** "Does not allow name and retailer id updates": other fields of the body are ignored. */
function updateContract(call: OperationCall) {
  const contract = contractOf(call);
  const change = read(z.pick(ContractBody, { data: true }), call.body);
  return contractResponse(call.store.carrierContracts.replace({ ...contract, ...change }));
}

/** The sample has the schemas of the two real carriers, collapsed: their data is not documented. */
function contractSchemas() {
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
