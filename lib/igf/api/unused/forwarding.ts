/** Articles on their way to their next customer, or back: the operations without a caller. `operations.ts` says why. */
import * as z from 'zod/mini';
import { endpoint } from '../../endpoint.ts';
import { workerOperations } from '../../worker-igf.ts';
import { IgfListing, IgfOrder, IgfShipment, listOf } from '../answers.ts';
import { OrderRequest } from '../requests.ts';

/** Body of "Update a specific listing": all of it may be absent or null. */
const ListingUpdate = z.strictObject({
  originalPrice: z.nullish(z.number()),
  status: z.nullish(z.enum(['Available', 'Pending'])),
  lastUpdateDiscount: z.nullish(z.iso.datetime({ offset: true })),
  discountValue: z.nullish(z.number()),
  discountPercentage: z.nullish(z.number()),
  discountCurrency: z.nullish(z.string()),
});

const ids = z.array(z.int32());

export const listings = {
  /** Every listing that is still available; with a buyer's IP address only those of senders in its country. */
  available: endpoint(1, 'availableListings', 'GET /listings', {
    title: 'Get all listings that are still available.',
    evidence: 'client',
    query: z.strictObject({ ip: z.optional(z.string()) }),
    answer: listOf(IgfListing),
  }),
  /** Every listing, bought or not; or those with these ids, or of this webshop order. */
  all: {
    ...workerOperations.listings.ofWebshopOrder,
    query: z.strictObject({ ids: z.optional(ids), listingWebshopOrderId: z.optional(z.string()) }),
    request: (filter: { ids?: number[]; listingWebshopOrderId?: string } = {}) => ({ query: filter }),
  },
  /** The listings of some products. Product ids must be integers here, though they are texts everywhere else. */
  ofProducts: endpoint(4, 'listingsByProducts', 'GET /listings/product', {
    title: 'Get all listings with by product ids.',
    evidence: 'client',
    query: z.strictObject({ ids: ids.check(z.minLength(1)) }),
    answer: listOf(IgfListing),
    request: (productIds: number[]) => ({ query: { ids: productIds } }),
  }),
  /** Changes price, discount or availability; what is absent stays as it is. */
  update: endpoint(6, 'updateListing', 'PUT /listings/{id:int32}', {
    title: 'Update a specific listing.',
    evidence: 'client',
    body: ListingUpdate,
    answer: IgfListing,
  }),
  remove: endpoint(7, 'deleteListing', 'DELETE /listings/{id:int32}', {
    title: 'Delete a specific listing.',
    answer: z.optional(listOf(IgfListing)),
  }),
  ofSender: endpoint(9, 'listingsByCustomer', 'GET /listings/customer/{customerId:int32}', {
    title: 'Get listings by customer ID.',
    answer: listOf(IgfListing),
  }),
  /** The listings of a product, whose id must be an integer here, though it is a text everywhere else. */
  ofProduct: endpoint(10, 'listingsByProduct', 'GET /listings/product/{productId:int32}', {
    title: 'Get listings by product ID.',
    evidence: 'client',
    answer: listOf(IgfListing),
  }),
  /** A listing by its nanoId, which the document types as an integer; nanoIds elsewhere are texts, so both go. */
  getByNanoId: endpoint(12, 'getListingByNanoId', 'GET /listings/nanoId/{id:idOrText}', {
    title: 'Get a specific listing by its nanoId.',
    answer: IgfListing,
  }),
};

const { ofListing } = workerOperations.orders;

export const orders = {
  all: { ...ofListing, query: z.strictObject({}), request: () => ({}) },
  /** The sku and webshop orders of every order, sorted by creation date: these three fields only, not even an id. */
  details: {
    ...ofListing,
    query: z.strictObject({ listingId: z.optional(z.int()), options: z.literal('ordersDetails') }),
    answer: listOf(z.looseObject({})),
    request: (filter: { listingId?: number } = {}) => ({ query: { ...filter, options: 'ordersDetails' } }),
  },
  /** Orders a listing for a receiver. Starts the period to hand the article in, and mails the sender. */
  create: endpoint(14, 'createOrder', 'POST /orders', {
    title: 'Creates an order, when a customer buys a listed return',
    evidence: 'client',
    body: OrderRequest,
    answer: IgfOrder,
  }),
  remove: endpoint(16, 'deleteOrder', 'DELETE /orders/{orderId:int32}', {
    title: 'Delete purchase order by ID',
  }),
  ofSku: endpoint(19, 'ordersBySku', 'GET /orders/sku/{skuId:text}', {
    title: 'Get orders by SKU ID',
    answer: listOf(IgfOrder),
  }),
  ofReceiver: endpoint(20, 'ordersByReceiver', 'GET /orders/receiver/{receiverId:int32}', {
    title: 'Get orders by customerID of the receiver',
    answer: listOf(IgfOrder),
  }),
  ofSender: endpoint(21, 'ordersBySender', 'GET /orders/sender/{senderId:int32}', {
    title: 'Get orders by the customerID of the sender',
    answer: listOf(IgfOrder),
  }),
  /** The orders of a product, whose id must be an integer here, though it is a text everywhere else. */
  ofProduct: endpoint(22, 'ordersByProduct', 'GET /orders/product/{productId:int32}', {
    title: 'Get orders by product ID',
    answer: listOf(IgfOrder),
  }),
  /** The order by which the warehouse sent the article to its first customer. */
  initialOf: endpoint(23, 'initialOrder', 'GET /orders/initial/{id:text}', {
    title: 'Get the initial webshop order id by current webshop order id',
    answer: IgfOrder,
  }),
  /** The last order in the chain of an article that may have been forwarded several times. */
  latestOf: endpoint(24, 'latestOrder', 'GET /orders/latest/{id:text}', {
    title: 'Get latest order in the order chain by listingWebshopOrderId',
    answer: IgfOrder,
  }),
};

const { ofListing: shipmentsOfListing } = workerOperations.shipments;

export const shipments = {
  all: { ...shipmentsOfListing, query: z.strictObject({}), request: () => ({}) },
  ofOrder: {
    ...shipmentsOfListing,
    query: z.strictObject({ orderId: z.int() }),
    request: (orderId: number) => ({ query: { orderId } }),
  },
  /** Creates an order's shipment at the carrier; `label` is the shipping label, in base64. */
  create: endpoint(26, 'createShipment', 'POST /shipments', {
    title: 'Creates a shipment after the sender has shipped the product',
    body: z.strictObject({ orderId: z.int32() }),
    answer: IgfShipment,
    request: (orderId: number) => ({ body: { orderId } }),
  }),
  remove: endpoint(28, 'deleteShipment', 'DELETE /shipments/{shipmentId:int32}', {
    title: 'Deletes a shipment',
  }),
  /** What the receiver thinks of it: 0 bad (mails receiver and IGF), 1 neutral, 2 good (mails the sender). */
  setFeedback: endpoint(30, 'setShipmentFeedback', 'PUT /shipments/{shipmentId:idOrText}/feedback', {
    title: 'Set feedback for a shipment',
    body: z.strictObject({ feedback: z.optional(z.int().check(z.gte(0), z.lte(2))) }),
    answer: IgfShipment,
    request: (feedback: number) => ({ body: { feedback } }),
  }),
};

const RegularReturn = workerOperations.returns.create.answer;

export const returns = {
  /** The return of a webshop order; refused when there is none. */
  ofWebshopOrder: endpoint(63, 'getReturn', 'GET /returns/{webshopOrderId:text}', {
    title: 'Gets a return by webshop order ID',
    answer: RegularReturn,
  }),
  /** Deletes a return; 400 when the tenant has none with this id. */
  remove: endpoint(64, 'deleteReturn', 'DELETE /returns/{id:int32}', {
    title: 'Delete a return by ID',
    answer: z.optional(RegularReturn),
  }),
};
