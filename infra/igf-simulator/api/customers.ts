import * as z from 'zod/mini';
import { notAllowed, notFound } from '../errors.ts';
import { banEmail, customersByEmail, isInvolved } from '../lifecycle/customers.ts';
import { CustomerBody } from '../requests.ts';
import type { CustomerRow, Store } from '../store.ts';
import { type OperationCall, type Operations, read } from './operation.ts';

/** "Customer can be either sender (the one who returns the product) or receiver [...]." */
export const customerOperations: Operations = {
  'GET /customer/{id}': [200, (call) => customerResponse(call.store.customers.get(call.params.id))],
  'PUT /customer/{id}': [200, update],
  'DELETE /customer/{id}': [204, remove],
  'POST /customer/ban': [200, ban],
  'GET /customer/email/{email}': [
    200,
    (call) => customerResponse(firstByEmail(call, call.params.email ?? '')),
  ],
};

const UpdateCustomer = z.omit(CustomerBody, { customerStatus: true });

function update(call: OperationCall) {
  const customer = call.store.customers.get(call.params.id);
  const change = read(UpdateCustomer, call.body);
  return customerResponse(call.store.customers.replace({ ...customer, ...change }));
}

/** Refused while an answer would have to show the customer: the document requires a listing's sender. */
function remove(call: OperationCall): void {
  const customer = call.store.customers.get(call.params.id);
  if (isInvolved(call.store, customer)) {
    throw notAllowed('The customer takes part in a listing, order or return');
  }
  call.store.customers.remove(customer.id);
}

/** The body of "Ban customer by email" is a JSON string. */
function ban(call: OperationCall) {
  const customer = firstByEmail(call, read(z.email(), call.body));
  banEmail(call, customer.email);
  return customerResponse(customer);
}

/** The same email at two addresses is two customers. This is the first of them. */
function firstByEmail({ store }: OperationCall, email: string): CustomerRow {
  const [customer] = customersByEmail(store, email);
  if (customer === undefined) throw notFound(`A customer with the email ${email}`);
  return customer;
}

/** CustomerResponse: it shows the address by its id only. */
function customerResponse(customer: CustomerRow) {
  const { address: _hidden, ...shown } = customer;
  return { ...shown, customerStatus: customer.customerStatus ?? 1 };
}

export function customerResponseById({ customers }: Store, id: number | undefined) {
  const customer = customers.find(id);
  return customer && customerResponse(customer);
}
