/** Regular returns: they go to the warehouse instead of to the next customer. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import * as operations from '../operations.ts';
import { RegularReturn, RegularReturns, ReturnRequest } from '../schemas/regular-return.ts';
import { pathText } from '../schemas/request-fields.ts';

export const all = () =>
  endpoint({
    operation: operations.allReturns,
    answer: RegularReturns,
    request: () => ({}),
  });

/** Creates a return with its products. Refused while the tenant has no warehouse. */
export const create = () =>
  endpoint({
    operation: operations.createReturn,
    body: ReturnRequest,
    answer: RegularReturn,
    request: (request: ReturnRequest) => ({ body: request }),
  });

/** The return of a webshop order; refused when there is none. */
export const ofWebshopOrder = () =>
  endpoint({
    operation: operations.getReturn,
    parameters: z.strictObject({ webshopOrderId: pathText }),
    answer: RegularReturn,
    request: (webshopOrderId: string) => ({ parameters: { webshopOrderId } }),
  });

/** Deletes a return; 400 when the tenant has none with this id. */
export const remove = () =>
  endpoint({
    operation: operations.deleteReturn,
    parameters: z.strictObject({ id: z.int32() }),
    answer: z.optional(RegularReturn),
    request: (returnId: number) => ({ parameters: { id: returnId } }),
  });
