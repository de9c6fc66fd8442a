/**
 * The bodies of IGF's webhooks: the objects that its answers carry too. Only ids are required: the document marks little
 * else as given, and an event with an unexpected field is better than no event.
 */
import * as z from 'zod/mini';
import type { IgfFact } from '../../facts/igf-facts.ts';
import type { EventType } from '../../facts/vendor-terms.ts';
import { IgfListing, IgfOrder, IgfShipment, OrderOfShipment } from '../../igf/api/answers.ts';
import { boundedList } from '../fields.ts';
import type { SenderAuthentication, Webhook } from '../webhook.ts';
import { isLabelImage, listingFact, orderFact, shipmentFact } from './facts.ts';

/** The fields of an object, each left out where it is not what the document says. */
const ifUsable = <Shape extends Readonly<Record<string, z.ZodMiniType>>>(shape: Shape): Shape =>
  Object.fromEntries(
    Object.entries(shape).map(([name, field]) => [name, z.catch(z.optional(field), undefined)]),
  ) as unknown as Shape;

/** ADD_LISTING, UPDATE_LISTING, RETURN_CANCELED. */
const ListingEvent = z.looseObject({ ...ifUsable(IgfListing.shape), id: IgfListing.shape.id });

/** RETURN_DEADLINE_PASSED. */
const OrderEvent = z.looseObject({ ...ifUsable(IgfOrder.shape), id: IgfOrder.shape.id });

/** LABELED, SHIPPED, COMPLETED; REFUND is a list of these. */
const ShipmentEvent = z.looseObject({
  ...ifUsable({ ...IgfShipment.shape, order: z.nullish(z.looseObject(ifUsable(OrderOfShipment.shape))) }),
  id: IgfShipment.shape.id,
});

const RefundEvent = boundedList(ShipmentEvent);

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
  name === 'label' && typeof value === 'string' && isLabelImage(value);

const kebab = (event: EventType): string => event.toLowerCase().replaceAll('_', '-');

/** The catalogue's name of an event's webhook, such as `v1/add-listing`. */
export const webhookName = (event: EventType): string => `v1/${kebab(event)}`;

/** Where IGF posts an event. The token is the secret that it was subscribed with. */
export const webhookPath = (event: EventType): string => `/igf/v1/${kebab(event)}/{token}`;

/** IGF documents no signature for its webhooks, so the secret is part of the URL that it was given. */
const authentication: SenderAuthentication = {
  credentialOf: ({ pathParameters }) => pathParameters?.token,
  location: 'the path, as it was subscribed',
};

const schemas: Record<EventType, z.ZodMiniType> = {
  ADD_LISTING: ListingEvent,
  UPDATE_LISTING: ListingEvent,
  RETURN_CANCELED: ListingEvent,
  RETURN_DEADLINE_PASSED: OrderEvent,
  LABELED: ShipmentEvent,
  SHIPPED: ShipmentEvent,
  COMPLETED: ShipmentEvent,
  REFUND: RefundEvent,
};

/** The webhook of one of IGF's events. */
export const igfWebhook = (event: EventType): Webhook => ({
  name: webhookName(event),
  path: webhookPath(event),
  authentication,
  schema: schemas[event],
  withoutForeignData: withoutPeople,
});

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
