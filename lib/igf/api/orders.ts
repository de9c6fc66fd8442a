/** Orders: somebody buys a listing, and becomes its receiver. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { IgfOrder, listOf } from './answers.ts';
import { CustomerRequest } from './requests.ts';

/** Body of "Creates an order" and "Commits an order". */
const OrderRequest = z.strictObject({
  listingId: z.int32(),
  webshopOrderId: z.optional(z.string()),
  webshopOrderItemId: z.optional(z.string()),
  /** By default the carrier that was added first. */
  carrierName: z.optional(z.enum(['PostNL', 'DHL_eCommerce_Benelux', 'TestCarrier'])),
  /** The receiver. The document writes the key `Customer`; a working public client sends it so. */
  customer: CustomerRequest,
});
export type OrderRequest = z.infer<typeof OrderRequest>;

/** The orders of a listing: one, or none while nobody has bought it. */
export const ofListing = () =>
  endpoint('findOrders', 'GET /orders', {
    query: z.strictObject({ listingId: z.int() }),
    answer: listOf(IgfOrder),
    request: (listingId: number) => ({ query: { listingId } }),
  });

export const all = () => ({ ...ofListing(), query: z.strictObject({}), request: () => ({}) });

/** The sku and webshop orders of every order, sorted by creation date: these three fields only, not even an id. */
export const details = () => ({
  ...ofListing(),
  query: z.strictObject({ listingId: z.optional(z.int()), options: z.literal('ordersDetails') }),
  answer: listOf(z.looseObject({})),
  request: (filter: { listingId?: number } = {}) => ({ query: { ...filter, options: 'ordersDetails' } }),
});

/** Orders a listing for a receiver. Starts the period to hand the article in, and mails the sender. */
export const create = () =>
  endpoint('createOrder', 'POST /orders', { evidence: 'client', body: OrderRequest, answer: IgfOrder });

export const get = () => endpoint('getOrder', 'GET /orders/{orderId:int32}', { answer: IgfOrder });

export const remove = () => endpoint('deleteOrder', 'DELETE /orders/{orderId:int32}');

/** Orders a listing before it is paid. It must be confirmed or rejected afterwards. */
export const commit = () =>
  endpoint('commitOrder', 'POST /orders/commit', { body: OrderRequest, answer: IgfOrder });

const finalize = <Answer>(action: 'CONFIRM' | 'REJECT', answer: z.ZodMiniType<Answer>) =>
  endpoint('finalizeOrder', 'POST /orders/finalize/{id:int}', {
    body: z.strictObject({ action: z.enum(['CONFIRM', 'REJECT']) }),
    answer,
    request: () => ({ body: { action } }),
  });

export const confirm = () => finalize('CONFIRM', IgfOrder);

/** Rejects a committed order: the listing is available again. The order's data, its answer perhaps too, is gone. */
export const reject = () => finalize('REJECT', z.unknown());

export const ofSku = () =>
  endpoint('ordersBySku', 'GET /orders/sku/{skuId:text}', { answer: listOf(IgfOrder) });

export const ofReceiver = () =>
  endpoint('ordersByReceiver', 'GET /orders/receiver/{receiverId:int32}', { answer: listOf(IgfOrder) });

export const ofSender = () =>
  endpoint('ordersBySender', 'GET /orders/sender/{senderId:int32}', { answer: listOf(IgfOrder) });

/** The orders of a product, whose id must be an integer here, though it is a text everywhere else. */
export const ofProduct = () =>
  endpoint('ordersByProduct', 'GET /orders/product/{productId:int32}', { answer: listOf(IgfOrder) });

/** The order by which the warehouse sent the article to its first customer. */
export const initialOf = () =>
  endpoint('initialOrder', 'GET /orders/initial/{id:text}', { answer: IgfOrder });

/** The last order in the chain of an article that may have been forwarded several times. */
export const latestOf = () => endpoint('latestOrder', 'GET /orders/latest/{id:text}', { answer: IgfOrder });
