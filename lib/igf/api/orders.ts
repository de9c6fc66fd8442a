/** Orders: somebody buys a listing, and becomes its receiver. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { anything, id, listOf, maybeText, pathText } from './fields.ts';
import { CustomerRequest, OrderOfShipment } from './shapes.ts';

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

/** Body of "Confirms or rejects an order". */
const Finalization = z.strictObject({ action: z.enum(['CONFIRM', 'REJECT']) });

/** An order: somebody bought a listing. */
const Order = z.extend(OrderOfShipment, { id });

const Orders = listOf(Order);

/** An order with `options=ordersDetails`: these three fields only, not even an id. */
const OrderDetails = z.looseObject({
  sku: maybeText,
  webshopOrderId: maybeText,
  listingWebshopOrderId: maybeText,
});

const findOrders = [
  13,
  'findOrders',
  'GET /orders',
  'Returns all orders, or get order by listing ID',
] as const;
const finalizeOrder = [
  18,
  'finalizeOrder',
  'POST /orders/finalize/{id}',
  'Confirms or rejects an order to the database',
] as const;

const OrderId = z.strictObject({ orderId: z.int32() });
const WebshopOrderId = z.strictObject({ id: pathText });

const Filter = z.strictObject({
  listingId: z.optional(z.int()),
  options: z.optional(z.literal('ordersDetails')),
});

/** Every order of the tenant. */
export const all = () =>
  endpoint(...findOrders, {
    query: Filter,
    answer: Orders,
  });

/** The orders of a listing: one, or none while nobody has bought it. */
export const ofListing = () =>
  endpoint(...findOrders, {
    query: Filter,
    answer: Orders,
    request: (listingId: number) => ({ query: { listingId } }),
  });

/** The sku and webshop orders of every order, sorted by creation date. */
export const details = () =>
  endpoint(...findOrders, {
    query: Filter,
    answer: listOf(OrderDetails),
    request: (filter: { listingId?: number } = {}) => ({
      query: { ...filter, options: 'ordersDetails' as const },
    }),
  });

/** Orders a listing for a receiver. Starts the period to hand the article in, and mails the sender. */
export const create = () =>
  endpoint(14, 'createOrder', 'POST /orders', 'Creates an order, when a customer buys a listed return', {
    evidence: 'client',
    body: OrderRequest,
    answer: Order,
    request: (order: OrderRequest) => ({ body: order }),
  });

export const get = () =>
  endpoint(15, 'getOrder', 'GET /orders/{orderId}', 'Find purchase order by ID', {
    parameters: OrderId,
    answer: Order,
    request: (orderId: number) => ({ parameters: { orderId } }),
  });

export const remove = () =>
  endpoint(16, 'deleteOrder', 'DELETE /orders/{orderId}', 'Delete purchase order by ID', {
    parameters: OrderId,
    answer: anything,
    request: (orderId: number) => ({ parameters: { orderId } }),
  });

/** Orders a listing before it is paid. It must be confirmed or rejected afterwards. */
export const commit = () =>
  endpoint(17, 'commitOrder', 'POST /orders/commit', 'Commits an order to the database', {
    body: OrderRequest,
    answer: Order,
    request: (order: OrderRequest) => ({ body: order }),
  });

const CommittedOrderId = z.strictObject({ id: z.int() });

/** Confirms a committed order. */
export const confirm = () =>
  endpoint(...finalizeOrder, {
    parameters: CommittedOrderId,
    body: Finalization,
    answer: Order,
    request: (orderId: number) => ({ parameters: { id: orderId }, body: { action: 'CONFIRM' as const } }),
  });

/** Rejects a committed order: the listing is available again, and the order's data, its answer perhaps too, is gone. */
export const reject = () =>
  endpoint(...finalizeOrder, {
    parameters: CommittedOrderId,
    body: Finalization,
    answer: anything,
    request: (orderId: number) => ({ parameters: { id: orderId }, body: { action: 'REJECT' as const } }),
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
      answer: Order,
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
      answer: Order,
      request: (listingWebshopOrderId: string) => ({ parameters: { id: listingWebshopOrderId } }),
    },
  );
