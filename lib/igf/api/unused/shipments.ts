/** Shipments: the operations without a caller. `groups.ts` says why they are here. */
import * as z from 'zod/mini';
import { endpoint } from '../../endpoint.ts';
import { anything, IgfShipment } from '../answers.ts';
import { idOrText } from '../requests.ts';
import { ofListing } from '../shipments.ts';

/** Body of "Creates a shipment". */
const ShipmentRequest = z.strictObject({ orderId: z.int32() });

/** Body of "Set feedback for a shipment": 0 is bad, 1 neutral, 2 good. */
const Feedback = z.strictObject({
  feedback: z.optional(z.int().check(z.gte(0), z.lte(2))),
});

const ShipmentId = z.strictObject({ shipmentId: idOrText });

/** Every shipment of the tenant. */
export const all = () => ({ ...ofListing(), query: z.strictObject({}), request: () => ({}) });

/** The shipments of an order. */
export const ofOrder = () => ({
  ...ofListing(),
  query: z.strictObject({ orderId: z.int() }),
  request: (orderId: number) => ({ query: { orderId } }),
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
      answer: IgfShipment,
      request: (orderId: number) => ({ body: { orderId } }),
    },
  );

export const remove = () =>
  endpoint(28, 'deleteShipment', 'DELETE /shipments/{shipmentId}', 'Deletes a shipment', {
    parameters: z.strictObject({ shipmentId: z.int32() }),
    answer: anything,
    request: (shipmentId: number) => ({ parameters: { shipmentId } }),
  });

/** What the receiver thinks of it: 0 bad (mails receiver and IGF), 1 neutral, 2 good (mails the sender). */
export const setFeedback = () =>
  endpoint(30, 'setShipmentFeedback', 'PUT /shipments/{shipmentId}/feedback', 'Set feedback for a shipment', {
    parameters: ShipmentId,
    body: Feedback,
    answer: IgfShipment,
    request: (shipmentId: number | string, feedback: number) => ({
      parameters: { shipmentId },
      body: { feedback },
    }),
  });
