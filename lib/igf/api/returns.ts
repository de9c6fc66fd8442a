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

export const all = () => endpoint('allReturns', 'GET /returns', { answer: listOf(RegularReturn) });

/** Creates a return with its products. Refused while the tenant has no warehouse. */
export const create = () =>
  endpoint('createReturn', 'POST /returns', { body: ReturnRequest, answer: RegularReturn });

/** The return of a webshop order; refused when there is none. */
export const ofWebshopOrder = () =>
  endpoint('getReturn', 'GET /returns/{webshopOrderId:text}', { answer: RegularReturn });

/** Deletes a return; 400 when the tenant has none with this id. */
export const remove = () =>
  endpoint('deleteReturn', 'DELETE /returns/{id:int32}', { answer: z.optional(RegularReturn) });
