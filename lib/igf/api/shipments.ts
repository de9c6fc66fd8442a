/** Shipments: the article of an order on its way from sender to receiver. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { IgfShipment, listOf } from './answers.ts';
import { idOrText } from './requests.ts';

const ShipmentId = z.strictObject({ shipmentId: idOrText });
const shipment = (shipmentId: number | string) => ({ parameters: { shipmentId } });

/** The shipments of a listing. */
export const ofListing = () =>
  endpoint(
    25,
    'findShipments',
    'GET /shipments',
    'Gets all shipments, or gets shipment by orderId or listingId',
    {
      query: z.strictObject({ listingId: z.int() }),
      answer: listOf(IgfShipment),
      request: (listingId: number) => ({ query: { listingId } }),
    },
  );

export const get = () =>
  endpoint(27, 'getShipment', 'GET /shipments/{shipmentId}', 'Find shipment by ID', {
    parameters: ShipmentId,
    answer: IgfShipment,
    request: shipment,
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
      answer: IgfShipment,
      request: shipment,
    },
  );
