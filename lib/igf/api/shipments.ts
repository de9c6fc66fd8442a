/** Shipments: the article of an order on its way from sender to receiver. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import {
  anything,
  id,
  idOrText,
  listOf,
  maybeDateTime,
  maybeInteger,
  maybeOneOf,
  maybeText,
} from './fields.ts';
import { OrderOfShipment, WarehouseOfShipment } from './shapes.ts';

/** Body of "Creates a shipment". */
const ShipmentRequest = z.strictObject({ orderId: z.int32() });

/** Body of "Set feedback for a shipment": 0 is bad, 1 neutral, 2 good. */
const Feedback = z.strictObject({
  feedback: z.optional(z.int().check(z.gte(0), z.lte(2))),
});

/** A shipment: the order's article on its way to its receiver. */
const Shipment = z.looseObject({
  id,
  status: maybeOneOf('Labelled', 'Shipped', 'Completed', 'Cancelled'),
  orderId: maybeInteger,
  createdAt: maybeDateTime,
  updatedAt: maybeDateTime,
  /** The carrier's track number; the label itself, in base64, where a shipment is created. */
  label: maybeText,
  carrierName: maybeText,
  warehouseId: maybeInteger,
  labelType: maybeOneOf('QR', 'Barcode'),
  warehouse: z.nullish(WarehouseOfShipment),
  order: z.nullish(OrderOfShipment),
});

const Shipments = listOf(Shipment);

const findShipments = [
  25,
  'findShipments',
  'GET /shipments',
  'Gets all shipments, or gets shipment by orderId or listingId',
] as const;

const ShipmentId = z.strictObject({ shipmentId: idOrText });
const shipment = (shipmentId: number | string) => ({ parameters: { shipmentId } });

/** One of the two at a time. */
const Filter = z.strictObject({ orderId: z.optional(z.int()), listingId: z.optional(z.int()) });

/** Every shipment of the tenant. */
export const all = () =>
  endpoint(...findShipments, {
    query: Filter,
    answer: Shipments,
  });

/** The shipments of an order. */
export const ofOrder = () =>
  endpoint(...findShipments, {
    query: Filter,
    answer: Shipments,
    request: (orderId: number) => ({ query: { orderId } }),
  });

/** The shipments of a listing. */
export const ofListing = () =>
  endpoint(...findShipments, {
    query: Filter,
    answer: Shipments,
    request: (listingId: number) => ({ query: { listingId } }),
  });

/** Creates an order's shipment at the carrier; `label` is the shipping label, in base64. */
export const create = () =>
  endpoint(
    26,
    'createShipment',
    'POST /shipments',
    'Creates a shipment after the sender has shipped the product',
    {
      body: ShipmentRequest,
      answer: Shipment,
      request: (orderId: number) => ({ body: { orderId } }),
    },
  );

export const get = () =>
  endpoint(27, 'getShipment', 'GET /shipments/{shipmentId}', 'Find shipment by ID', {
    parameters: ShipmentId,
    answer: Shipment,
    request: shipment,
  });

export const remove = () =>
  endpoint(28, 'deleteShipment', 'DELETE /shipments/{shipmentId}', 'Deletes a shipment', {
    parameters: z.strictObject({ shipmentId: z.int32() }),
    answer: anything,
    request: (shipmentId: number) => ({ parameters: { shipmentId } }),
  });

/** Sets the shipment delivered: its listing and order are completed. */
export const setDelivered = () =>
  endpoint(
    29,
    'setShipmentDelivered',
    'PUT /shipments/{shipmentId}/delivered',
    'Set the status of a shipment to delivered',
    {
      parameters: ShipmentId,
      answer: Shipment,
      request: shipment,
    },
  );

/** What the receiver thinks of it: 0 bad (mails receiver and IGF), 1 neutral, 2 good (mails the sender). */
export const setFeedback = () =>
  endpoint(30, 'setShipmentFeedback', 'PUT /shipments/{shipmentId}/feedback', 'Set feedback for a shipment', {
    parameters: ShipmentId,
    body: Feedback,
    answer: Shipment,
    request: (shipmentId: number | string, feedback: number) => ({
      parameters: { shipmentId },
      body: { feedback },
    }),
  });
