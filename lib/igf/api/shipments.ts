/** Shipments: the article of an order on its way from sender to receiver. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { IgfShipment, listOf } from './answers.ts';

export const ofListing = () =>
  endpoint('findShipments', 'GET /shipments', {
    query: z.strictObject({ listingId: z.int() }),
    answer: listOf(IgfShipment),
    request: (listingId: number) => ({ query: { listingId } }),
  });

export const all = () => ({ ...ofListing(), query: z.strictObject({}), request: () => ({}) });

export const ofOrder = () => ({
  ...ofListing(),
  query: z.strictObject({ orderId: z.int() }),
  request: (orderId: number) => ({ query: { orderId } }),
});

/** Creates an order's shipment at the carrier; `label` is the shipping label, in base64. */
export const create = () =>
  endpoint('createShipment', 'POST /shipments', {
    body: z.strictObject({ orderId: z.int32() }),
    answer: IgfShipment,
    request: (orderId: number) => ({ body: { orderId } }),
  });

export const get = () =>
  endpoint('getShipment', 'GET /shipments/{shipmentId:idOrText}', { answer: IgfShipment });

export const remove = () => endpoint('deleteShipment', 'DELETE /shipments/{shipmentId:int32}');

/** Sets the shipment delivered: its listing and order are completed. */
export const setDelivered = () =>
  endpoint('setShipmentDelivered', 'PUT /shipments/{shipmentId:idOrText}/delivered', { answer: IgfShipment });

/** What the receiver thinks of it: 0 bad (mails receiver and IGF), 1 neutral, 2 good (mails the sender). */
export const setFeedback = () =>
  endpoint('setShipmentFeedback', 'PUT /shipments/{shipmentId:idOrText}/feedback', {
    body: z.strictObject({ feedback: z.optional(z.int().check(z.gte(0), z.lte(2))) }),
    answer: IgfShipment,
    request: (feedback: number) => ({ body: { feedback } }),
  });
