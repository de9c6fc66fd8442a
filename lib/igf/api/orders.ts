/** Orders: somebody buys a listing, and becomes its receiver. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { anything, IgfOrder, listOf } from './answers.ts';
import { OrderRequest } from './requests.ts';

/** The orders of a listing: one, or none while nobody has bought it. */
export const ofListing = () =>
  endpoint(13, 'findOrders', 'GET /orders', 'Returns all orders, or get order by listing ID', {
    query: z.strictObject({ listingId: z.int() }),
    answer: listOf(IgfOrder),
    request: (listingId: number) => ({ query: { listingId } }),
  });

export const get = () =>
  endpoint(15, 'getOrder', 'GET /orders/{orderId}', 'Find purchase order by ID', {
    parameters: z.strictObject({ orderId: z.int32() }),
    answer: IgfOrder,
    request: (orderId: number) => ({ parameters: { orderId } }),
  });

/** Orders a listing before it is paid. It must be confirmed or rejected afterwards. */
export const commit = () =>
  endpoint(17, 'commitOrder', 'POST /orders/commit', 'Commits an order to the database', {
    body: OrderRequest,
    answer: IgfOrder,
    request: (order: OrderRequest) => ({ body: order }),
  });

/** Confirms a committed order. */
export const confirm = () =>
  endpoint(
    18,
    'finalizeOrder',
    'POST /orders/finalize/{id}',
    'Confirms or rejects an order to the database',
    {
      parameters: z.strictObject({ id: z.int() }),
      body: z.strictObject({ action: z.enum(['CONFIRM', 'REJECT']) }),
      answer: IgfOrder,
      request: (orderId: number) => ({ parameters: { id: orderId }, body: { action: 'CONFIRM' as const } }),
    },
  );

/** Rejects a committed order: the listing is available again, and the order's data, its answer perhaps too, is gone. */
export const reject = () => ({
  ...confirm(),
  answer: anything,
  request: (orderId: number) => ({ parameters: { id: orderId }, body: { action: 'REJECT' } }),
});
