/** Regular returns: they go to the warehouse instead of to the next customer. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { id, listOf, maybeDateTime, maybeText, pathText, requiredText } from './fields.ts';
import { CustomerRequest } from './shapes.ts';

/** Body of "Creates a regular return". The document leaves a product collapsed: its fields are IGF's to judge. */
const ReturnRequest = z.strictObject({
  webshopOrderId: requiredText,
  products: z.array(z.record(z.string(), z.unknown())),
  customer: CustomerRequest,
});
export type ReturnRequest = z.infer<typeof ReturnRequest>;

/** A return that goes to the warehouse instead of to the next customer. */
const RegularReturn = z.looseObject({
  id,
  webshopOrderId: maybeText,
  createdAt: maybeDateTime,
  products: z.nullish(z.array(z.looseObject({}))),
});

const RegularReturns = listOf(RegularReturn);

export const all = () =>
  endpoint(61, 'allReturns', 'GET /returns', 'Gets all regular returns', { answer: RegularReturns });

/** Creates a return with its products. Refused while the tenant has no warehouse. */
export const create = () =>
  endpoint(62, 'createReturn', 'POST /returns', 'Creates a regular return', {
    body: ReturnRequest,
    answer: RegularReturn,
    request: (request: ReturnRequest) => ({ body: request }),
  });

/** The return of a webshop order; refused when there is none. */
export const ofWebshopOrder = () =>
  endpoint(63, 'getReturn', 'GET /returns/{webshopOrderId}', 'Gets a return by webshop order ID', {
    parameters: z.strictObject({ webshopOrderId: pathText }),
    answer: RegularReturn,
    request: (webshopOrderId: string) => ({ parameters: { webshopOrderId } }),
  });

/** Deletes a return; 400 when the tenant has none with this id. */
export const remove = () =>
  endpoint(64, 'deleteReturn', 'DELETE /returns/{id}', 'Delete a return by ID', {
    parameters: z.strictObject({ id: z.int32() }),
    answer: z.optional(RegularReturn),
    request: (returnId: number) => ({ parameters: { id: returnId } }),
  });
