import { notAllowed, notFound } from '../errors.ts';
import { ban } from '../life/banning.ts';
import { isInvolved, isSameEmail } from '../life/customers.ts';
import type { Call, Operation } from '../operation.ts';
import { read } from '../reading.ts';
import { rowOfText } from '../rows.ts';
import { CustomerUpdate, Email } from '../schemas/customer.ts';
import type { Customer } from '../store.ts';
import { showCustomer } from './customer-response.ts';

/** "Customer can be either sender (the one who returns the product) or receiver (the one who buys the product)." */
export const customers: readonly Operation[] = [
  { name: 'GET /customer/{id}', status: 200, run: (call) => showCustomer(customerWithId(call)) },
  { name: 'PUT /customer/{id}', status: 200, run: update },
  { name: 'DELETE /customer/{id}', status: 204, run: remove },
  { name: 'POST /customer/ban', status: 200, run: banByEmail },
  {
    name: 'GET /customer/email/{email}',
    status: 200,
    run: (call) => showCustomer(customerWithEmail(call, call.params.email ?? '')),
  },
];

function update(call: Call) {
  const customer = customerWithId(call);
  const change = read(CustomerUpdate, call.body);
  return showCustomer(call.store.customers.replace({ ...customer, ...change }));
}

/** Refused while an answer would have to name the customer: the document requires a listing's sender. */
function remove(call: Call): void {
  const customer = customerWithId(call);
  if (isInvolved(call.store, customer))
    throw notAllowed('The customer takes part in a listing, order or return');
  call.store.customers.remove(customer.id);
}

function banByEmail(call: Call) {
  const customer = customerWithEmail(call, read(Email, call.body));
  ban(call, customer.email);
  return showCustomer(customer);
}

function customerWithId(call: Call): Customer {
  return rowOfText(call.store.customers, call, 'id', 'Customer');
}

/** The same email at two addresses is two customers: the first of them. */
function customerWithEmail({ store }: Call, email: string): Customer {
  const customer = store.customers.all().find((each) => isSameEmail(each.email, email));
  if (customer === undefined) throw notFound(`A customer with the email ${email}`);
  return customer;
}
