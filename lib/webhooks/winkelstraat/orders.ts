import type { NoChangeFact, SalesOrderFact, ShipmentFact, TrackFact } from '../../facts/facts.ts';
import { boundedList, optional, renamed } from '../fields.ts';
import { PushApiAddress, StockHubAddress } from './addresses.ts';
import {
  amount,
  dateTime,
  documentNumber,
  identifier,
  poNumber,
  quantity,
  shipmentStatus,
  stockHubDocument,
  stockHubTrack,
  text,
} from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

/** The lines of an order or a shipment, which name their quantity and the price of one unit differently. */
const lines = (quantityName: string, priceName: string) =>
  boundedList(
    renamed({
      sku: ['sku', identifier],
      quantity: [quantityName, optional(quantity)],
      price: [priceName, optional(amount)],
    }),
  );

/** "Order created", as documented in Winkelstraat's Stock Hub 1.0.0. */
export const stockHubV1Order = /* @__PURE__ */ winkelstraatWebhook(
  'stock-hub/v1/order',
  () =>
    renamed({
      orderId: ['increment_id', documentNumber],
      createdAt: ['created_at', optional(dateTime)],
      updatedAt: ['updated_at', optional(dateTime)],
      currency: ['currency', optional(text)],
      purchaseOrder: ['po_number', optional(poNumber)],
      items: ['items', lines('qty_ordered', 'item_price_inc_tax')],
      address: ['shipping_address', optional(StockHubAddress)],
    }),
  ({ purchaseOrder, ...order }): SalesOrderFact[] => [{ kind: 'sales-order', ...order, ...purchaseOrder }],
);

/** "Invoice created": it stands in the order's history. Shipments and orders say all that is needed. */
export const stockHubV1Invoice = /* @__PURE__ */ winkelstraatWebhook(
  'stock-hub/v1/invoice',
  () => renamed({ invoiceId: ['increment_id', identifier], orderId: ['order_increment_id', documentNumber] }),
  ({ orderId }): NoChangeFact[] => [{ kind: 'no-change', orderId }],
);

/** "Shipment created or changed", as documented in Winkelstraat's Stock Hub 1.0.0. */
export const stockHubV1Shipment = /* @__PURE__ */ winkelstraatWebhook(
  'stock-hub/v1/shipment',
  () =>
    renamed({
      shipmentId: ['increment_id', documentNumber],
      createdAt: ['created_at', optional(dateTime)],
      updatedAt: ['updated_at', optional(dateTime)],
      collectedAt: ['collected_at', optional(dateTime)],
      deliveredAt: ['delivered_at', optional(dateTime)],
      status: ['status', optional(shipmentStatus)],
      ...stockHubDocument,
      items: ['items', lines('qty', 'item_price_inc_tax')],
      track: ['track', optional(stockHubTrack)],
      address: ['shipping_address', optional(StockHubAddress)],
    }),
  ({ purchaseOrder, ...shipment }): ShipmentFact[] => [{ kind: 'shipment', ...shipment, ...purchaseOrder }],
);

/** "Order paid and shipment created". Version 2 adds the purchase order. */
// @__NO_SIDE_EFFECTS__
const pushApiShipment = (version: 1 | 2) =>
  winkelstraatWebhook(
    `push-api/v${version}/shipment`,
    () =>
      renamed({
        orderId: ['order_id', documentNumber],
        shipmentId: ['shipment_id', documentNumber],
        updatedAt: ['date', optional(dateTime)],
        purchaseOrder: ['po_number', optional(poNumber)],
        items: ['items', lines('quantity', 'price')],
        address: ['shipping_address', optional(PushApiAddress)],
      }),
    ({ purchaseOrder, ...shipment }): ShipmentFact[] => [
      { kind: 'shipment', ...shipment, version, ...purchaseOrder },
    ],
  );

export const pushApiV1Shipment = pushApiShipment(1);
export const pushApiV2Shipment = pushApiShipment(2);

/** "Track and label created", for the warehouse's own shipment. A track without its number says nothing yet. */
// @__NO_SIDE_EFFECTS__
const pushApiTrack = (version: 1 | 2) =>
  winkelstraatWebhook(
    `push-api/v${version}/track`,
    () =>
      renamed({
        orderId: ['order_id', documentNumber],
        shipmentId: ['shipment_id', documentNumber],
        trackId: ['track_id', identifier],
        number: ['track_number', optional(text)],
        carrier: ['carrier_code', optional(text)],
        updatedAt: ['last_modified', optional(dateTime)],
      }),
    ({ number, updatedAt, ...track }, receivedAt): (TrackFact | NoChangeFact)[] =>
      number
        ? [{ kind: 'track', ...track, number, updatedAt: updatedAt ?? receivedAt }]
        : [{ kind: 'no-change', orderId: track.orderId }],
  );

export const pushApiV1Track = pushApiTrack(1);
export const pushApiV2Track = pushApiTrack(2);
