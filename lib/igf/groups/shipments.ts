/** Shipments: the article of an order on its way from sender to receiver. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import * as operations from '../operations.ts';
import { anything } from '../schemas/answer-fields.ts';
import { idOrText } from '../schemas/request-fields.ts';
import { Feedback, Shipment, ShipmentRequest, Shipments } from '../schemas/shipment.ts';

const ShipmentId = z.strictObject({ shipmentId: idOrText });
const shipment = (shipmentId: number | string) => ({ parameters: { shipmentId } });

/** One of the two at a time. */
const Filter = z.strictObject({ orderId: z.optional(z.int()), listingId: z.optional(z.int()) });

/** Every shipment of the tenant. */
export const all = () =>
  endpoint({
    operation: operations.findShipments,
    query: Filter,
    answer: Shipments,
    request: () => ({}),
  });

/** The shipments of an order. */
export const ofOrder = () =>
  endpoint({
    operation: operations.findShipments,
    query: Filter,
    answer: Shipments,
    request: (orderId: number) => ({ query: { orderId } }),
  });

/** The shipments of a listing. */
export const ofListing = () =>
  endpoint({
    operation: operations.findShipments,
    query: Filter,
    answer: Shipments,
    request: (listingId: number) => ({ query: { listingId } }),
  });

/** Creates an order's shipment at the carrier; `label` is the shipping label, in base64. */
export const create = () =>
  endpoint({
    operation: operations.createShipment,
    body: ShipmentRequest,
    answer: Shipment,
    request: (orderId: number) => ({ body: { orderId } }),
  });

export const get = () =>
  endpoint({
    operation: operations.getShipment,
    parameters: ShipmentId,
    answer: Shipment,
    request: shipment,
  });

export const remove = () =>
  endpoint({
    operation: operations.deleteShipment,
    parameters: z.strictObject({ shipmentId: z.int32() }),
    answer: anything,
    request: (shipmentId: number) => ({ parameters: { shipmentId } }),
  });

/** Says that the receiver has it: listing and order are completed. */
export const setDelivered = () =>
  endpoint({
    operation: operations.setShipmentDelivered,
    parameters: ShipmentId,
    answer: Shipment,
    request: shipment,
  });

/** What the receiver thinks of it: 0 bad (mails receiver and IGF), 1 neutral, 2 good (mails the sender). */
export const setFeedback = () =>
  endpoint({
    operation: operations.setShipmentFeedback,
    parameters: ShipmentId,
    body: Feedback,
    answer: Shipment,
    request: (shipmentId: number | string, feedback: number) => ({
      parameters: { shipmentId },
      body: { feedback },
    }),
  });
