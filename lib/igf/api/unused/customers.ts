/** Customers: a sender returns an article, a receiver buys it. */
import * as z from 'zod/mini';
import { endpoint } from '../../endpoint.ts';
import { anything, id, maybeInteger, maybeText } from '../answers.ts';
import { CustomerAddress, email, idOrText, requiredText } from '../requests.ts';

/** Body of "Update customer". */
const CustomerUpdate = z.strictObject({
  username: z.optional(z.string()),
  email,
  firstName: z.optional(z.string()),
  lastName: requiredText,
  phone: z.optional(z.string()),
  language: z.optional(z.string()),
  address: CustomerAddress,
});
type CustomerUpdate = z.infer<typeof CustomerUpdate>;

/** "CustomerResponse". */
const Customer = z.looseObject({
  id,
  username: maybeText,
  firstName: maybeText,
  lastName: maybeText,
  email: maybeText,
  phone: maybeText,
  customerStatus: maybeInteger,
  addressId: maybeInteger,
  language: maybeText,
});

const CustomerId = z.strictObject({ id: idOrText });
const customer = (id: number | string) => ({ parameters: { id } });

export const get = () =>
  endpoint(31, 'getCustomer', 'GET /customer/{id}', 'Get customer by id', {
    parameters: CustomerId,
    answer: Customer,
    request: customer,
  });

export const update = () =>
  endpoint(32, 'updateCustomer', 'PUT /customer/{id}', 'Update customer', {
    parameters: CustomerId,
    body: CustomerUpdate,
    answer: Customer,
    request: (id: number | string, change: CustomerUpdate) => ({ parameters: { id }, body: change }),
  });

export const remove = () =>
  endpoint(33, 'deleteCustomer', 'DELETE /customer/{id}', 'Delete customer', {
    parameters: CustomerId,
    answer: anything,
    request: customer,
  });

/** Bans the customer with this email address from buying and returning. */
export const ban = () =>
  endpoint(34, 'banCustomer', 'POST /customer/ban', 'Ban customer by email', {
    body: email,
    answer: Customer,
    request: (address: string) => ({ body: address }),
  });

export const ofEmail = () =>
  endpoint(35, 'customerByEmail', 'GET /customer/email/{email}', 'Get customer by email', {
    parameters: z.strictObject({ email }),
    answer: Customer,
    request: (address: string) => ({ parameters: { email: address } }),
  });
