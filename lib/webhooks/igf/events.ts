/**
 * The bodies of IGF's webhooks. Only ids are required: the document marks little else as given, and an event with an
 * unexpected field is better than no event. Any other field is read if it is there and valid, and left out otherwise.
 */
import * as z from 'zod/mini';
import { fitsInKey } from '../../config/limits.ts';
import type { IgfFact } from '../../facts/igf-facts.ts';
import type { EventType } from '../../facts/vendor-terms.ts';
import { boundedList, isoUtc } from '../fields.ts';

const id = z.int().check(z.gte(0));

/** A field that is left out when it is not what the document says: the event is accepted all the same. */
const ifUsable = <Schema extends z.ZodMiniType>(schema: Schema) => z.catch(z.optional(schema), undefined);

/** Longer than every state and reason of IGF. */
const longestWord = 64;
const firstWord = z.pipe(
  z.string(),
  z.transform((value) => value.trim().slice(0, longestWord).split(/[\s-]/)[0]?.toWellFormed() || undefined),
);
/** Text that becomes part of a key in the table: no longer than fits in a key, and no half of an emoji. */
const keyText = z.string().check(z.refine((value) => value.isWellFormed() && fitsInKey(value)));
const time = z.pipe(
  z.string(),
  z.transform((value) => isoUtc(value)),
);

/** A carrier's code is short. A longer label is the image, which the bridge may not keep. */
const longestLabelCode = 64;
const labelCode = z.string().check(
  z.maxLength(longestLabelCode),
  z.refine((value) => value.isWellFormed()),
);

/** ADD_LISTING, UPDATE_LISTING, RETURN_CANCELED. */
export const ListingEvent = z.looseObject({
  id,
  status: ifUsable(firstWord),
  receiverId: ifUsable(id),
  matchingDeadline: ifUsable(time),
  updatedAt: ifUsable(time),
});

/** RETURN_DEADLINE_PASSED; also a part of shipment events. */
export const OrderEvent = z.looseObject({
  id,
  listingId: ifUsable(id),
  status: ifUsable(firstWord),
  cancelReason: ifUsable(firstWord),
  webshopOrderId: ifUsable(keyText),
  returnDeadline: ifUsable(time),
  updatedAt: ifUsable(time),
});

/** LABELED, SHIPPED, COMPLETED; REFUND is a list of these. */
export const ShipmentEvent = z.looseObject({
  id,
  orderId: ifUsable(id),
  status: ifUsable(firstWord),
  label: ifUsable(labelCode),
  updatedAt: ifUsable(time),
  order: ifUsable(
    z.looseObject({ id: ifUsable(id), listingId: ifUsable(id), webshopOrderId: ifUsable(keyText) }),
  ),
});

export const RefundEvent = boundedList(ShipmentEvent);

const foreign = new Set(['sender', 'receiver', 'Sender', 'Receiver', 'customer', 'Customer']);

/** The payload without the people in it (nested too) and without the label's image. */
export function withoutPeople(payload: unknown): unknown {
  if (Array.isArray(payload)) return payload.map(withoutPeople);
  if (typeof payload !== 'object' || payload === null) return payload;
  const fields = payload as Record<string, unknown>;
  const kept = Object.keys(fields).filter((name) => !foreign.has(name) && !isImage(name, fields[name]));
  return Object.fromEntries(kept.map((name) => [name, withoutPeople(fields[name])]));
}

const isImage = (name: string, value: unknown): boolean =>
  name === 'label' && typeof value === 'string' && value.length > longestLabelCode;

/** The fact that a listing reports, in a webhook or in an answer. */
export const listingFact = (
  { id, status, receiverId, matchingDeadline, updatedAt }: z.infer<typeof ListingEvent>,
  event?: EventType,
): IgfFact => ({
  kind: 'igf',
  event,
  listingId: id,
  listing: { status, receiverId, matchingDeadline, updatedAt },
});

/** The fact that an order reports, in a webhook or in an answer. */
export const orderFact = (
  {
    id,
    listingId,
    status,
    cancelReason,
    webshopOrderId,
    returnDeadline,
    updatedAt,
  }: z.infer<typeof OrderEvent>,
  event?: EventType,
): IgfFact => ({
  kind: 'igf',
  event,
  listingId,
  igfOrderId: id,
  order: { id, status, cancelReason, webshopOrderId, returnDeadline, updatedAt },
});

/** The fact that a shipment reports, in a webhook or in an answer. */
export const shipmentFact = (
  { id, orderId, status, label, updatedAt, order }: z.infer<typeof ShipmentEvent>,
  event?: EventType,
): IgfFact => {
  const igfOrderId = orderId ?? order?.id;
  return {
    kind: 'igf',
    event,
    listingId: order?.listingId,
    igfOrderId,
    igfShipmentId: id,
    shipment: { id, status, label, updatedAt },
    ...(igfOrderId !== undefined && { order: { id: igfOrderId, webshopOrderId: order?.webshopOrderId } }),
  };
};

/** The facts in the body of an event's webhook: one, or one for each shipment of a refund. */
export function eventFacts(event: EventType, payload: unknown): IgfFact[] {
  switch (event) {
    case 'ADD_LISTING':
    case 'UPDATE_LISTING':
    case 'RETURN_CANCELED':
      return [listingFact(z.parse(ListingEvent, payload), event)];
    case 'RETURN_DEADLINE_PASSED':
      return [orderFact(z.parse(OrderEvent, payload), event)];
    case 'LABELED':
    case 'SHIPPED':
    case 'COMPLETED':
      return [shipmentFact(z.parse(ShipmentEvent, payload), event)];
    case 'REFUND':
      return z.parse(RefundEvent, payload).map((shipment) => shipmentFact(shipment, event));
  }
}
