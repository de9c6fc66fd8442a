import type { NoChangeFact, SalesOrderFact, ShipmentFact, TrackFact } from '../../facts/facts.ts';
import { boundedList, object, optional } from '../fields.ts';
import { PushApiAddress, StockHubAddress } from './addresses.ts';
import {
  amount,
  dateTime,
  documentNumber,
  identifier,
  poNumber,
  quantity,
  shipmentStatus,
  stockHubTrack,
  text,
} from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

/** "Order created", as documented in Winkelstraat's Stock Hub 1.0.0. */
export const stockHubV1Order = winkelstraatWebhook(
  'stock-hub/v1/order',
  object({
    increment_id: documentNumber,
    created_at: optional(dateTime),
    updated_at: optional(dateTime),
    currency: optional(text),
    po_number: optional(poNumber),
    items: boundedList(
      object({ sku: identifier, qty_ordered: optional(quantity), item_price_inc_tax: optional(amount) }),
    ),
    shipping_address: optional(StockHubAddress),
  }),
  (order): SalesOrderFact[] => [
    {
      kind: 'sales-order',
      orderId: order.increment_id,
      createdAt: order.created_at,
      updatedAt: order.updated_at,
      currency: order.currency,
      ...order.po_number,
      items: order.items.map((item) => ({
        sku: item.sku,
        quantity: item.qty_ordered,
        price: item.item_price_inc_tax,
      })),
      address: order.shipping_address,
    },
  ],
);

/** "Invoice created": it stands in the order's history. Shipments and orders say all that is needed. */
export const stockHubV1Invoice = winkelstraatWebhook(
  'stock-hub/v1/invoice',
  object({ increment_id: identifier, order_increment_id: documentNumber }),
  (invoice): NoChangeFact[] => [{ kind: 'no-change', orderId: invoice.order_increment_id }],
);

/** "Shipment created or changed", as documented in Winkelstraat's Stock Hub 1.0.0. */
export const stockHubV1Shipment = winkelstraatWebhook(
  'stock-hub/v1/shipment',
  object({
    increment_id: documentNumber,
    order_increment_id: documentNumber,
    created_at: optional(dateTime),
    updated_at: optional(dateTime),
    collected_at: optional(dateTime),
    delivered_at: optional(dateTime),
    status: optional(shipmentStatus),
    currency: optional(text),
    po_number: optional(poNumber),
    items: boundedList(
      object({ sku: identifier, qty: optional(quantity), item_price_inc_tax: optional(amount) }),
    ),
    track: optional(stockHubTrack),
    shipping_address: optional(StockHubAddress),
  }),
  (shipment): ShipmentFact[] => [
    {
      kind: 'shipment',
      orderId: shipment.order_increment_id,
      shipmentId: shipment.increment_id,
      status: shipment.status,
      createdAt: shipment.created_at,
      updatedAt: shipment.updated_at,
      collectedAt: shipment.collected_at,
      deliveredAt: shipment.delivered_at,
      currency: shipment.currency,
      ...shipment.po_number,
      track: shipment.track,
      items: shipment.items.map(({ sku, qty, item_price_inc_tax }) => ({
        sku,
        quantity: qty,
        price: item_price_inc_tax,
      })),
      address: shipment.shipping_address,
    },
  ],
);

/** "Order paid and shipment created". Version 2 adds the purchase order. */
const pushApiShipment = (version: 1 | 2) =>
  winkelstraatWebhook(
    `push-api/v${version}/shipment`,
    object({
      order_id: documentNumber,
      shipment_id: documentNumber,
      date: optional(dateTime),
      po_number: optional(poNumber),
      items: boundedList(object({ sku: identifier, quantity: optional(quantity), price: optional(amount) })),
      shipping_address: optional(PushApiAddress),
    }),
    (shipment): ShipmentFact[] => [
      {
        kind: 'shipment',
        orderId: shipment.order_id,
        shipmentId: shipment.shipment_id,
        updatedAt: shipment.date,
        version,
        ...shipment.po_number,
        items: shipment.items.map(({ sku, quantity, price }) => ({ sku, quantity, price })),
        address: shipment.shipping_address,
      },
    ],
  );

export const pushApiV1Shipment = pushApiShipment(1);
export const pushApiV2Shipment = pushApiShipment(2);

/** "Track and label created", for the warehouse's own shipment. A track without its number says nothing yet. */
const pushApiTrack = (version: 1 | 2) =>
  winkelstraatWebhook(
    `push-api/v${version}/track`,
    object({
      order_id: documentNumber,
      shipment_id: documentNumber,
      track_id: identifier,
      track_number: optional(text),
      carrier_code: optional(text),
      last_modified: optional(dateTime),
    }),
    (track, receivedAt): (TrackFact | NoChangeFact)[] => {
      const orderId = track.order_id;
      if (!track.track_number) return [{ kind: 'no-change', orderId }];
      return [
        {
          kind: 'track',
          orderId,
          shipmentId: track.shipment_id,
          trackId: track.track_id,
          number: track.track_number,
          carrier: track.carrier_code,
          updatedAt: track.last_modified ?? receivedAt,
        },
      ];
    },
  );

export const pushApiV1Track = pushApiTrack(1);
export const pushApiV2Track = pushApiTrack(2);
