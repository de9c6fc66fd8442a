/** The bodies of IGF's webhooks: objects as in its answers. Only ids are required, so that no odd event is refused. */
import * as z from 'zod/mini';
import type { IgfFact } from '../../facts/igf-facts.ts';
import type { EventType } from '../../facts/vendor-terms.ts';
import { IgfListing, IgfOrder, IgfShipment, OrderOfShipment } from '../../igf/api/answers.ts';
import { boundedList, document, object, optional } from '../fields.ts';
import { madeOnce, type SenderAuthentication, type Webhook } from '../webhook.ts';
import { isLabelImage, listingFact, orderFact, shipmentFact } from './facts.ts';

/** The fields of an object, each left out where it is not what the document says. */
const ifUsable = <Shape extends Readonly<Record<string, z.ZodMiniType>>>(shape: Shape): Shape =>
  Object.fromEntries(
    Object.entries(shape).map(([name, field]) => [name, optional(field)]),
  ) as unknown as Shape;

/** A body has one object or several, as REFUND has. One object is a list of one. */
const bodyOf = <Read extends z.ZodMiniType>(
  makeObject: () => Read,
  factOf: (read: z.output<Read>, event: EventType) => IgfFact,
) => {
  const schema = madeOnce(() => {
    const object = makeObject();
    return document(boundedList(object), { of: z.union([object, z.array(object).check(z.minLength(1))]) });
  });
  const factsOf = (event: EventType, payload: unknown): IgfFact[] =>
    z.parse(schema(), payload).map((read) => factOf(read, event));
  return { schema, factsOf };
};

const listing = bodyOf(() => object({ ...ifUsable(IgfListing.shape), id: IgfListing.shape.id }), listingFact);

const order = bodyOf(() => object({ ...ifUsable(IgfOrder.shape), id: IgfOrder.shape.id }), orderFact);

const shipment = bodyOf(
  () =>
    object({
      ...ifUsable({ ...IgfShipment.shape, order: object(ifUsable(OrderOfShipment.shape)) }),
      id: IgfShipment.shape.id,
    }),
  shipmentFact,
);

const bodies: Record<EventType, typeof listing | typeof order | typeof shipment> = {
  ADD_LISTING: listing,
  UPDATE_LISTING: listing,
  RETURN_CANCELED: listing,
  RETURN_DEADLINE_PASSED: order,
  LABELED: shipment,
  SHIPPED: shipment,
  COMPLETED: shipment,
  REFUND: shipment,
};

const foreign = new Set(['sender', 'receiver', 'Sender', 'Receiver', 'customer', 'Customer']);

/** The payload without the people in it (nested too) and without the label's image. */
export function withoutPeople(payload: unknown): unknown {
  if (Array.isArray(payload)) return payload.map(withoutPeople);
  if (typeof payload !== 'object' || payload === null) return payload;
  const kept = Object.entries(payload).filter((field) => !foreign.has(field[0]) && !isImage(...field));
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutPeople(value)]));
}

const isImage = (name: string, value: unknown): boolean =>
  name === 'label' && typeof value === 'string' && isLabelImage(value);

/** The catalogue's name of an event's webhook, such as `v1/add-listing`. */
export const webhookName = (event: EventType): string => `v1/${event.toLowerCase().replaceAll('_', '-')}`;

/** Where IGF posts an event. The token is the secret that it was subscribed with. */
export const webhookPath = (event: EventType): string => `/igf/${webhookName(event)}/{token}`;

/** IGF documents no signature for its webhooks, so the secret is part of the URL that it was given. */
const authentication: SenderAuthentication = {
  credentialOf: ({ pathParameters }) => pathParameters?.token,
  location: 'the path, as it was subscribed',
};

export function igfWebhook(event: EventType) {
  const { schema, factsOf } = bodies[event];
  return {
    name: webhookName(event),
    path: webhookPath(event),
    authentication,
    get schema() {
      return schema();
    },
    withoutForeignData: withoutPeople,
    facts: (payload: unknown) => factsOf(event, payload),
  } satisfies Webhook;
}
