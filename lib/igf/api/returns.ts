/** Regular returns: they go to the warehouse instead of to the next customer. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { id, listOf, maybeText } from './answers.ts';
import { CustomerRequest, requiredText } from './requests.ts';

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
  products: z.nullish(z.array(z.looseObject({}))),
});

export const all = () =>
  endpoint(61, 'allReturns', 'GET /returns', 'Gets all regular returns', {
    answer: listOf(RegularReturn),
  });

/** Creates a return with its products. Refused while the tenant has no warehouse. */
export const create = () =>
  endpoint(62, 'createReturn', 'POST /returns', 'Creates a regular return', {
    body: ReturnRequest,
    answer: RegularReturn,
    request: (request: ReturnRequest) => ({ body: request }),
  });
