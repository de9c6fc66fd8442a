/** Regular returns: they go to the warehouse instead of to the next customer. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { id, listOf, maybeText } from './answers.ts';
import { CustomerRequest, requiredText } from './requests.ts';

const RegularReturn = z.looseObject({
  id,
  webshopOrderId: maybeText,
  products: z.nullish(z.array(z.looseObject({}))),
});

/** Body of "Creates a regular return". The document does not show a product's fields, so IGF judges them. */
const ReturnRequest = z.strictObject({
  webshopOrderId: requiredText,
  products: z.array(z.record(z.string(), z.unknown())),
  customer: CustomerRequest,
});
export type ReturnRequest = z.infer<typeof ReturnRequest>;

export const all = () =>
  endpoint(61, 'allReturns', 'GET /returns', {
    title: 'Gets all regular returns',
    answer: listOf(RegularReturn),
  });

/** Creates a return with its products. Refused while the tenant has no warehouse. */
export const create = () =>
  endpoint(62, 'createReturn', 'POST /returns', {
    title: 'Creates a regular return',
    body: ReturnRequest,
    answer: RegularReturn,
  });

/** The return of a webshop order; refused when there is none. */
export const ofWebshopOrder = () =>
  endpoint(63, 'getReturn', 'GET /returns/{webshopOrderId:text}', {
    title: 'Gets a return by webshop order ID',
    answer: RegularReturn,
  });

/** Deletes a return; 400 when the tenant has none with this id. */
export const remove = () =>
  endpoint(64, 'deleteReturn', 'DELETE /returns/{id:int32}', {
    title: 'Delete a return by ID',
    answer: z.optional(RegularReturn),
  });
