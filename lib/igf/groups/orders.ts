/** Orders: somebody buys a listing, and becomes its receiver. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import * as operations from '../operations.ts';
import { anything, listOf } from '../schemas/answer-fields.ts';
import { Finalization, Order, OrderDetails, OrderRequest, Orders } from '../schemas/order.ts';
import { pathText } from '../schemas/request-fields.ts';

const OrderId = z.strictObject({ orderId: z.int32() });
const WebshopOrderId = z.strictObject({ id: pathText });

const Filter = z.strictObject({
  listingId: z.optional(z.int()),
  options: z.optional(z.literal('ordersDetails')),
});

/** Every order of the tenant. */
export const all = () =>
  endpoint({
    operation: operations.findOrders,
    query: Filter,
    answer: Orders,
    request: () => ({}),
  });

/** The orders of a listing: one, or none while nobody has bought it. */
export const ofListing = () =>
  endpoint({
    operation: operations.findOrders,
    query: Filter,
    answer: Orders,
    request: (listingId: number) => ({ query: { listingId } }),
  });

/** The sku and webshop orders of every order, sorted by creation date. */
export const details = () =>
  endpoint({
    operation: operations.findOrders,
    query: Filter,
    answer: listOf(OrderDetails),
    request: (filter: { listingId?: number } = {}) => ({
      query: { ...filter, options: 'ordersDetails' as const },
    }),
  });

/** Orders a listing for a receiver. Starts the period to hand the article in, and mails the sender. */
export const create = () =>
  endpoint({
    operation: operations.createOrder,
    body: OrderRequest,
    answer: Order,
    request: (order: OrderRequest) => ({ body: order }),
  });

export const get = () =>
  endpoint({
    operation: operations.getOrder,
    parameters: OrderId,
    answer: Order,
    request: (orderId: number) => ({ parameters: { orderId } }),
  });

export const remove = () =>
  endpoint({
    operation: operations.deleteOrder,
    parameters: OrderId,
    answer: anything,
    request: (orderId: number) => ({ parameters: { orderId } }),
  });

/** Orders a listing before it is paid. It must be confirmed or rejected afterwards. */
export const commit = () =>
  endpoint({
    operation: operations.commitOrder,
    body: OrderRequest,
    answer: Order,
    request: (order: OrderRequest) => ({ body: order }),
  });

const CommittedOrderId = z.strictObject({ id: z.int() });

/** Confirms a committed order. */
export const confirm = () =>
  endpoint({
    operation: operations.finalizeOrder,
    parameters: CommittedOrderId,
    body: Finalization,
    answer: Order,
    request: (orderId: number) => ({ parameters: { id: orderId }, body: { action: 'CONFIRM' as const } }),
  });

/** Rejects a committed order: the listing is available again, and the order's data, its answer perhaps too, is gone. */
export const reject = () =>
  endpoint({
    operation: operations.finalizeOrder,
    parameters: CommittedOrderId,
    body: Finalization,
    answer: anything,
    request: (orderId: number) => ({ parameters: { id: orderId }, body: { action: 'REJECT' as const } }),
  });

/** Every order of the sku. */
export const ofSku = () =>
  endpoint({
    operation: operations.ordersBySku,
    parameters: z.strictObject({ skuId: pathText }),
    answer: Orders,
    request: (sku: string) => ({ parameters: { skuId: sku } }),
  });

/** The orders of who buys. */
export const ofReceiver = () =>
  endpoint({
    operation: operations.ordersByReceiver,
    parameters: z.strictObject({ receiverId: z.int32() }),
    answer: Orders,
    request: (receiverId: number) => ({ parameters: { receiverId } }),
  });

/** The orders of who returns. */
export const ofSender = () =>
  endpoint({
    operation: operations.ordersBySender,
    parameters: z.strictObject({ senderId: z.int32() }),
    answer: Orders,
    request: (senderId: number) => ({ parameters: { senderId } }),
  });

/** The orders of a product, whose id must be an integer here, though it is a text everywhere else. */
export const ofProduct = () =>
  endpoint({
    operation: operations.ordersByProduct,
    parameters: z.strictObject({ productId: z.int32() }),
    answer: Orders,
    request: (productId: number) => ({ parameters: { productId } }),
  });

/** The order by which the warehouse sent the article to its first customer. */
export const initialOf = () =>
  endpoint({
    operation: operations.initialOrder,
    parameters: WebshopOrderId,
    answer: Order,
    request: (webshopOrderId: string) => ({ parameters: { id: webshopOrderId } }),
  });

/** The last order in the chain of an article that may have been forwarded several times. */
export const latestOf = () =>
  endpoint({
    operation: operations.latestOrder,
    parameters: WebshopOrderId,
    answer: Order,
    request: (listingWebshopOrderId: string) => ({ parameters: { id: listingWebshopOrderId } }),
  });
