import * as z from 'zod/mini';
import { cancelReasons } from '../facts/vendor-terms.ts';
import { IgfListing, IgfOrder, IgfShipment, id, listOf, maybeText, maybeWord } from './api/answers.ts';
import { ForwardableRequest, ListingRequest, OrderRequest, ReturnRequest } from './api/requests.ts';
import { type IgfClient, type IgfClientOptions, igfClient } from './client.ts';
import { endpoint } from './endpoint.ts';

type CancelReason = (typeof cancelReasons)[number];

const finalize = <Answer>(action: 'CONFIRM' | 'REJECT', answer: z.ZodMiniType<Answer>) =>
  endpoint(18, 'finalizeOrder', 'POST /orders/finalize/{id:int}', {
    title: 'Confirms or rejects an order to the database',
    body: z.strictObject({ action: z.enum(['CONFIRM', 'REJECT']) }),
    answer,
    request: () => ({ body: { action } }),
  });

/** A return that goes to the warehouse instead of to the next customer. */
const RegularReturn = z.looseObject({
  id,
  webshopOrderId: maybeText,
  products: z.nullish(z.array(z.looseObject({}))),
});

/** The operations that a worker calls. Its bundle has no others. */
export const workerOperations = {
  /** Articles that customers want to return and that wait for a buyer. */
  listings: {
    /** Creates a listing, and its customer if the email and address are new. Twice makes two listings. */
    create: endpoint(2, 'createListing', 'POST /listings', {
      title: 'Create a new listing',
      evidence: 'doc',
      body: ListingRequest,
      answer: IgfListing,
    }),
    /** Every listing, bought or not, that was created with this `listingWebshopOrderId`. */
    ofWebshopOrder: endpoint(3, 'findListings', 'GET /listings/all', {
      title: 'Get all listings that have ever been listed.',
      query: z.strictObject({ listingWebshopOrderId: z.string() }),
      answer: listOf(IgfListing),
      request: (listingWebshopOrderId: string) => ({ query: { listingWebshopOrderId } }),
    }),
    get: endpoint(5, 'getListing', 'GET /listings/{id:int32}', {
      title: 'Get a specific listing.',
      answer: IgfListing,
    }),
    /** Every listing of the sku, of any customer and order. */
    ofSku: endpoint(8, 'listingsBySku', 'GET /listings/sku/{skuId:text}', {
      title: 'Get listings by SKU ID.',
      evidence: 'client',
      answer: listOf(IgfListing),
    }),
    /** Cancels a listing with its order and shipment, by default on behalf of the customer. Refused once shipped. */
    cancel: endpoint(11, 'cancelListing', 'PUT /listings/cancel/{listingId:int32}', {
      title: 'Cancel a listing with the given Id',
      body: z.strictObject({ cancelReason: z.optional(z.enum(cancelReasons)) }),
      answer: IgfListing,
      request: (cancelReason: CancelReason = 'USER_CANCELLED') => ({ body: { cancelReason } }),
    }),
  },
  info: {
    /**
     * Checks whether items could be forwarded, without listing them. One answer for each item: only `Available` means
     * that it can be forwarded.
     */
    forwardable: endpoint(47, 'checkForwardable', 'POST /info/forwardable', {
      title: 'Check if the given items can be forwarded',
      body: ForwardableRequest,
      answer: listOf(z.looseObject({ sku: maybeText, status: maybeWord })),
    }),
  },
  /** Somebody buys a listing, and becomes its receiver. */
  orders: {
    /** The orders of a listing: one, or none while nobody has bought it. */
    ofListing: endpoint(13, 'findOrders', 'GET /orders', {
      title: 'Returns all orders, or get order by listing ID',
      query: z.strictObject({ listingId: z.int() }),
      answer: listOf(IgfOrder),
      request: (listingId: number) => ({ query: { listingId } }),
    }),
    get: endpoint(15, 'getOrder', 'GET /orders/{orderId:int32}', {
      title: 'Find purchase order by ID',
      answer: IgfOrder,
    }),
    /** Orders a listing before it is paid. It must be confirmed or rejected afterwards. */
    commit: endpoint(17, 'commitOrder', 'POST /orders/commit', {
      title: 'Commits an order to the database',
      body: OrderRequest,
      answer: IgfOrder,
    }),
    /** Confirms a committed order. */
    confirm: finalize('CONFIRM', IgfOrder),
    /** Rejects a committed order: the listing is available again. The order's data, its answer perhaps too, is gone. */
    reject: finalize('REJECT', z.unknown()),
  },
  /** Regular returns: they go to the warehouse instead of to the next customer. */
  returns: {
    all: endpoint(61, 'allReturns', 'GET /returns', {
      title: 'Gets all regular returns',
      answer: listOf(RegularReturn),
    }),
    /** Creates a return with its products. Refused while the tenant has no warehouse. */
    create: endpoint(62, 'createReturn', 'POST /returns', {
      title: 'Creates a regular return',
      body: ReturnRequest,
      answer: RegularReturn,
    }),
  },
  /** The article of an order on its way from sender to receiver. */
  shipments: {
    ofListing: endpoint(25, 'findShipments', 'GET /shipments', {
      title: 'Gets all shipments, or gets shipment by orderId or listingId',
      query: z.strictObject({ listingId: z.int() }),
      answer: listOf(IgfShipment),
      request: (listingId: number) => ({ query: { listingId } }),
    }),
    get: endpoint(27, 'getShipment', 'GET /shipments/{shipmentId:idOrText}', {
      title: 'Find shipment by ID',
      answer: IgfShipment,
    }),
    /** Sets the shipment delivered: its listing and order are completed. */
    setDelivered: endpoint(29, 'setShipmentDelivered', 'PUT /shipments/{shipmentId:idOrText}/delivered', {
      title: 'Set the status of a shipment to delivered',
      answer: IgfShipment,
    }),
  },
};

type Client = IgfClient<typeof workerOperations>;

/** ItGoesForward as a worker sees it: it cancels a listing on behalf of the customer only. */
export interface Igf extends Omit<Client, 'listings'> {
  readonly listings: Omit<Client['listings'], 'cancel'> & { cancel(listingId: number): Promise<unknown> };
}

export const workerIgf = (options: IgfClientOptions): Igf => igfClient(options, workerOperations);
