import * as z from 'zod/mini';
import type { ShipmentFact } from '../../facts/facts.ts';
import { boundedList } from '../fields.ts';
import { fromPushApi, PushApiAddress } from './addresses.ts';
import {
  amount,
  dateTime,
  documentNumber,
  identifier,
  object,
  optional,
  poNumber,
  quantity,
} from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

/** "Order paid and shipment created". Version 2 adds the purchase order. */
const schema = object({
  order_id: documentNumber,
  shipment_id: documentNumber,
  date: optional(dateTime),
  po_number: optional(poNumber),
  items: boundedList(object({ sku: identifier, quantity: optional(quantity), price: optional(amount) })),
  shipping_address: optional(PushApiAddress),
});

export const pushApiV1Shipment = winkelstraatWebhook('push-api/v1/shipment', schema);
export const pushApiV2Shipment = winkelstraatWebhook('push-api/v2/shipment', schema);

/** The facts of one version of the webhook. */
export const pushApiShipmentFacts =
  (version: 1 | 2) =>
  (payload: unknown): ShipmentFact[] => {
    const shipment = z.parse(schema, payload);
    return [
      {
        kind: 'shipment',
        orderId: shipment.order_id,
        shipmentId: shipment.shipment_id,
        updatedAt: shipment.date,
        version,
        ...shipment.po_number,
        items: shipment.items.map(({ sku, quantity, price }) => ({ sku, quantity, price })),
        address: shipment.shipping_address && fromPushApi(shipment.shipping_address),
      },
    ];
  };
