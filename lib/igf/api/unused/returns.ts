/** Regular returns: the operations without a caller. `groups.ts` says why they are here. */
import * as z from 'zod/mini';
import { endpoint } from '../../endpoint.ts';
import { pathText } from '../requests.ts';
import { create } from '../returns.ts';

/** The return of a webshop order; refused when there is none. */
export const ofWebshopOrder = () =>
  endpoint(63, 'getReturn', 'GET /returns/{webshopOrderId}', 'Gets a return by webshop order ID', {
    parameters: z.strictObject({ webshopOrderId: pathText }),
    answer: create().answer,
    request: (webshopOrderId: string) => ({ parameters: { webshopOrderId } }),
  });

/** Deletes a return; 400 when the tenant has none with this id. */
export const remove = () =>
  endpoint(64, 'deleteReturn', 'DELETE /returns/{id}', 'Delete a return by ID', {
    parameters: z.strictObject({ id: z.int32() }),
    answer: z.optional(create().answer),
    request: (returnId: number) => ({ parameters: { id: returnId } }),
  });
