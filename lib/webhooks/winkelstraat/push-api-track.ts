import * as z from 'zod/mini';
import type { NoChangeFact, TrackFact } from '../../facts/facts.ts';
import { dateTime, documentNumber, identifier, object, optional, text } from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

/** "Track and label created", for the warehouse's own shipment. Both versions have these fields. */
const schema = object({
  order_id: documentNumber,
  shipment_id: documentNumber,
  track_id: identifier,
  track_number: optional(text),
  carrier_code: optional(text),
  last_modified: optional(dateTime),
});

export const pushApiV1Track = winkelstraatWebhook('push-api/v1/track', schema);
export const pushApiV2Track = winkelstraatWebhook('push-api/v2/track', schema);

/** A track without its number says nothing yet. */
export function trackFacts(payload: unknown, receivedAt: string): (TrackFact | NoChangeFact)[] {
  const track = z.parse(schema, payload);
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
}
