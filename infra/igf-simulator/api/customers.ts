import * as z from 'zod/mini';
import { notAllowed, notFound } from '../errors.ts';
import { banEmail, customersByEmail, isInvolved } from '../lifecycle/customers.ts';
import type { CustomerRow, Store } from '../store.ts';
import { type OperationCall, operation, read, type SimulatedOperation, textField } from './operation.ts';

/** "Customer can be either sender (the one who returns the product) or receiver [...]." */
export const customerOperations: readonly SimulatedOperation[] = [
  operation('GET /customer/{id}', 200, (call) => customerResponse(call.store.customers.get(call.params.id))),
  operation('PUT /customer/{id}', 200, update),
  operation('DELETE /customer/{id}', 204, remove),
  operation('POST /customer/ban', 200, ban),
  operation('GET /customer/email/{email}', 200, (call) =>
    customerResponse(firstByEmail(call, call.params.email ?? '')),
  ),
];

/** A country, in the customer's address and in the retailer's list. */
export const CountryCode = z
  .string()
  .check(z.regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code such as "NL"'));

/**
 * The vendor document leaves this object collapsed. The simulator requires every part that a shipping label
 * needs, under the names that IGF's own shop module sends (`houseNr`, not `houseNumber`).
 */
export const AddressBody = z.object({
  street: textField,
  houseNr: textField,
  city: textField,
  postalCode: textField,
  country: CountryCode,
});

/** The customer in the body of other operations. */
export const CustomerBody = z.object({
  email: z.email(),
  lastName: textField,
  firstName: z.optional(z.string()),
  phone: z.optional(z.string()),
  username: z.optional(z.string()),
  language: z.optional(z.string()),
  customerStatus: z.optional(z.int32()),
  address: AddressBody,
});

/** Body of "Update customer". */
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
