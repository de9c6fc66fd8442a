/** Customers: a sender returns an article, a receiver buys it. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { id } from './answers.ts';
import { CustomerRequest, email } from './requests.ts';

/** Nothing reads the other fields yet: the document lists them. */
const Customer = z.looseObject({ id });

export const get = () =>
  endpoint(31, 'getCustomer', 'GET /customer/{id:idOrText}', {
    title: 'Get customer by id',
    answer: Customer,
  });

export const update = () =>
  endpoint(32, 'updateCustomer', 'PUT /customer/{id:idOrText}', {
    title: 'Update customer',
    body: z.omit(CustomerRequest, { customerStatus: true }),
    answer: Customer,
  });

export const remove = () =>
  endpoint(33, 'deleteCustomer', 'DELETE /customer/{id:idOrText}', { title: 'Delete customer' });

/** Bans the customer with this email address from buying and returning. */
export const ban = () =>
  endpoint(34, 'banCustomer', 'POST /customer/ban', {
    title: 'Ban customer by email',
    body: email,
    answer: Customer,
  });

export const ofEmail = () =>
  endpoint(35, 'customerByEmail', 'GET /customer/email/{email:email}', {
    title: 'Get customer by email',
    answer: Customer,
  });
