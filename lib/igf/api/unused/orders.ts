/** Orders: the operations without a caller. `groups.ts` says why they are here. */
import * as z from 'zod/mini';
import { endpoint } from '../../endpoint.ts';
import { anything, IgfOrder, listOf, maybeText } from '../answers.ts';
import { ofListing } from '../orders.ts';
import { OrderRequest, pathText } from '../requests.ts';

/** An order with `options=ordersDetails`: these three fields only, not even an id. */
const OrderDetails = z.looseObject({
  sku: maybeText,
  webshopOrderId: maybeText,
  listingWebshopOrderId: maybeText,
});

const Orders = listOf(IgfOrder);

const Filter = z.strictObject({
  listingId: z.optional(z.int()),
  options: z.optional(z.literal('ordersDetails')),
});
const WebshopOrderId = z.strictObject({ id: pathText });

/** Every order of the tenant. */
export const all = () => ({ ...ofListing(), query: Filter, request: () => ({}) });

/** The sku and webshop orders of every order, sorted by creation date. */
export const details = () => ({
  ...ofListing(),
  query: Filter,
  answer: listOf(OrderDetails),
  request: (filter: { listingId?: number } = {}) => ({ query: { ...filter, options: 'ordersDetails' } }),
});

/** Orders a listing for a receiver. Starts the period to hand the article in, and mails the sender. */
export const create = () =>
  endpoint(14, 'createOrder', 'POST /orders', 'Creates an order, when a customer buys a listed return', {
    evidence: 'client',
    body: OrderRequest,
    answer: IgfOrder,
    request: (order: OrderRequest) => ({ body: order }),
  });

export const remove = () =>
  endpoint(16, 'deleteOrder', 'DELETE /orders/{orderId}', 'Delete purchase order by ID', {
    parameters: z.strictObject({ orderId: z.int32() }),
    answer: anything,
    request: (orderId: number) => ({ parameters: { orderId } }),
  });

/** Every order of the sku. */
export const ofSku = () =>
  endpoint(19, 'ordersBySku', 'GET /orders/sku/{skuId}', 'Get orders by SKU ID', {
    parameters: z.strictObject({ skuId: pathText }),
    answer: Orders,
    request: (sku: string) => ({ parameters: { skuId: sku } }),
  });

/** The orders of who buys. */
export const ofReceiver = () =>
  endpoint(
    20,
    'ordersByReceiver',
    'GET /orders/receiver/{receiverId}',
    'Get orders by customerID of the receiver',
    {
      parameters: z.strictObject({ receiverId: z.int32() }),
      answer: Orders,
      request: (receiverId: number) => ({ parameters: { receiverId } }),
    },
  );

/** The orders of who returns. */
export const ofSender = () =>
  endpoint(
    21,
    'ordersBySender',
    'GET /orders/sender/{senderId}',
    'Get orders by the customerID of the sender',
    {
      parameters: z.strictObject({ senderId: z.int32() }),
      answer: Orders,
      request: (senderId: number) => ({ parameters: { senderId } }),
    },
  );

/** The orders of a product, whose id must be an integer here, though it is a text everywhere else. */
export const ofProduct = () =>
  endpoint(22, 'ordersByProduct', 'GET /orders/product/{productId}', 'Get orders by product ID', {
    parameters: z.strictObject({ productId: z.int32() }),
    answer: Orders,
    request: (productId: number) => ({ parameters: { productId } }),
  });

/** The order by which the warehouse sent the article to its first customer. */
export const initialOf = () =>
  endpoint(
    23,
    'initialOrder',
    'GET /orders/initial/{id}',
    'Get the initial webshop order id by current webshop order id',
    {
      parameters: WebshopOrderId,
      answer: IgfOrder,
      request: (webshopOrderId: string) => ({ parameters: { id: webshopOrderId } }),
    },
  );

/** The last order in the chain of an article that may have been forwarded several times. */
export const latestOf = () =>
  endpoint(
    24,
    'latestOrder',
    'GET /orders/latest/{id}',
    'Get latest order in the order chain by listingWebshopOrderId',
    {
      parameters: WebshopOrderId,
      answer: IgfOrder,
      request: (listingWebshopOrderId: string) => ({ parameters: { id: listingWebshopOrderId } }),
    },
  );
