import * as z from 'zod/mini';
import type { OpeningFact, RmaFact } from '../../facts/facts.ts';
import { endsWholeRma } from '../../facts/vendor-terms.ts';
import { boundedList } from '../fields.ts';
import { fromPushApi, PushApiAddress } from './addresses.ts';
import { amount, dateTime, identifier, optional, rmaStatus, text } from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

/** "RMA created, track added, or status changed", push-api version 2: the webhook that opens a push-api return. */
const schema = z.looseObject({
  rma_id: identifier,
  status: rmaStatus,
  date_received: optional(dateTime),
  date_requested: optional(dateTime),
  track_number: optional(text),
  carrier_code: optional(text),
  track_url: optional(text),
  items: boundedList(
    z.looseObject({
      rma_item_id: identifier,
      sku: identifier,
      reference: optional(text),
      article_number: optional(text),
      manufacturer: optional(text),
      name: optional(text),
      size: optional(text),
      color: optional(text),
      resolution: optional(text),
      reason: optional(text),
      price: optional(amount),
      // Not in the document. Read where it is sent, because `rma-item` has one.
      condition: optional(text),
    }),
  ),
  order: z.looseObject({
    order_id: identifier,
    date: optional(dateTime),
    address: optional(PushApiAddress),
  }),
  shipment: optional(z.looseObject({ shipment_id: optional(identifier), shipment_token: optional(text) })),
});

export const pushApiV2Rma = winkelstraatWebhook('push-api/v2/rma', schema);

/** Its items have no status of their own: they take the header's. Each item is one unit. */
export function pushApiRmaFacts(payload: unknown, receivedAt: string): (RmaFact | OpeningFact)[] {
  const rma = z.parse(schema, payload);
  const orderId = rma.order.order_id;
  const header: RmaFact = {
    kind: 'rma',
    orderId,
    rmaId: rma.rma_id,
    status: rma.status,
    receivedAt,
    requestedAt: rma.date_requested,
    arrivedAt: rma.date_received,
    track: rma.track_number ? { number: rma.track_number, carrier: rma.carrier_code } : undefined,
  };
  const items = rma.items.map(
    (item): OpeningFact => ({
      kind: 'opening',
      family: 'push-api',
      orderId,
      rmaId: rma.rma_id,
      itemId: item.rma_item_id,
      status: rma.status,
      rmaStatus: endsWholeRma(rma.status) ? rma.status : undefined,
      receivedAt,
      sku: item.sku,
      reference: item.reference,
      reason: item.reason,
      resolution: item.resolution,
      condition: item.condition,
      price: item.price,
      address: rma.order.address && fromPushApi(rma.order.address),
      quantityRequested: 1,
    }),
  );
  return [header, ...items];
}
