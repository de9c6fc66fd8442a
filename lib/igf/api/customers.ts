/** Customers: a sender returns an article, a receiver buys it. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { Identified } from './answers.ts';
import { CustomerRequest, email } from './requests.ts';

export const get = () => endpoint('getCustomer', 'GET /customer/{id:idOrText}', { answer: Identified });

export const update = () =>
  endpoint('updateCustomer', 'PUT /customer/{id:idOrText}', {
    body: z.omit(CustomerRequest, { customerStatus: true }),
    answer: Identified,
  });

export const remove = () => endpoint('deleteCustomer', 'DELETE /customer/{id:idOrText}');

/** Bans the customer with this email address from buying and returning. */
export const ban = () => endpoint('banCustomer', 'POST /customer/ban', { body: email, answer: Identified });

export const ofEmail = () =>
  endpoint('customerByEmail', 'GET /customer/email/{email:email}', { answer: Identified });
