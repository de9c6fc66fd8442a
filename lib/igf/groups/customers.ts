/** Customers: a sender returns an article, a receiver buys it. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import * as operations from '../operations.ts';
import { anything } from '../schemas/answer-fields.ts';
import { Customer, CustomerUpdate } from '../schemas/customer.ts';
import { email, idOrText } from '../schemas/request-fields.ts';

const CustomerId = z.strictObject({ id: idOrText });
const customer = (id: number | string) => ({ parameters: { id } });

export const get = () =>
  endpoint({
    operation: operations.getCustomer,
    parameters: CustomerId,
    answer: Customer,
    request: customer,
  });

export const update = () =>
  endpoint({
    operation: operations.updateCustomer,
    parameters: CustomerId,
    body: CustomerUpdate,
    answer: Customer,
    request: (id: number | string, change: CustomerUpdate) => ({ parameters: { id }, body: change }),
  });

export const remove = () =>
  endpoint({
    operation: operations.deleteCustomer,
    parameters: CustomerId,
    answer: anything,
    request: customer,
  });

/** Keeps whoever has this email address from buying and returning. */
export const ban = () =>
  endpoint({
    operation: operations.banCustomer,
    body: email,
    answer: Customer,
    request: (address: string) => ({ body: address }),
  });

export const ofEmail = () =>
  endpoint({
    operation: operations.customerByEmail,
    parameters: z.strictObject({ email }),
    answer: Customer,
    request: (address: string) => ({ parameters: { email: address } }),
  });
