import type { StoredItem } from '../../../lib/table/dynamodb.ts';
import { pointerOf } from '../../../lib/table/igf-pointers.ts';
import {
  deliveryOf,
  orderIdOf,
  pointerSortKey,
  rejectedPrefix,
  servedByPrefix,
} from '../../../lib/table/keys.ts';
import { fewestTyped } from '../../cli/short-ids.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { findRejectedAbout } from '../erase/about.ts';
import { ordersOf } from '../erase/find.ts';
import { type Progress, scan } from './scan.ts';

/** Kinds of places. `message`: an event of IGF that waits for its return. */
export const kinds = ['order', 'return', 'delivery', 'rejected', 'message'] as const;

/** One place where something stands. */
export interface Found {
  readonly kind: (typeof kinds)[number];
  /** Of the order, the return (RMA and item) or the event. */
  readonly id: string;
  readonly orderId: string | null;
  /** As what it stands there, such as `sku`. */
  readonly as: string;
}

/** The fields that are looked at, in whatever document of the table they stand, by what they are to a person. */
const fields: Readonly<Record<string, string>> = {
  orderId: 'order',
  rmaId: 'RMA',
  poNumber: 'PO',
  uncertainPoNumber: 'PO',
  sku: 'sku',
  shipmentId: 'shipment',
  memoId: 'credit memo',
  listingId: 'listing',
  igfOrderId: 'IGF order',
  igfShipmentId: 'IGF shipment',
  webshopOrderId: 'order',
  correlationId: 'correlation id',
  label: 'track',
  track: 'track',
  number: 'track',
};

/**
 * Where something stands, in the order of the table: any id or number that a person may have in hand. An e-mail address is
 * found by its hash, and in the bodies of rejected webhooks. Ids of events are found by their first characters too.
 */
export async function find(typed: string, bridge: OpenBridge, options: Progress = {}): Promise<Found[]> {
  if (typed.includes('@')) {
    const [orders, rejected] = await Promise.all([
      ordersOf(typed, bridge),
      findRejectedAbout({ email: typed, orders: [] }, bridge),
    ]);
    return [
      ...orders.map((id) => ({ kind: 'order' as const, id, orderId: id, as: 'e-mail' })),
      ...rejected.map(({ id }) => ({ kind: 'rejected' as const, id, orderId: null, as: 'e-mail' })),
    ];
  }
  const found = new Map<string, Found>();
  for await (const item of scan(bridge, options)) {
    const place = placeIn(item, typed);
    const key = place && `${place.kind} ${place.orderId} ${place.id}`;
    if (place && key && !found.has(key)) found.set(key, place);
  }
  const all = [...found.values()];
  // A webhook of an order that is found anyway says nothing new.
  const orders = new Set(all.filter(({ as }) => as !== 'text').map(({ orderId }) => orderId));
  return all.filter(({ as, orderId }) => as !== 'text' || orderId === null || !orders.has(orderId));
}

/** Where an item has the text, pure. @internal */
export function placeIn(item: StoredItem, typed: string): Found | undefined {
  const key = { pk: String(item.pk), sk: String(item.sk) };
  const delivery = deliveryOf(key);
  const eventId = delivery?.eventId ?? (key.pk.startsWith(rejectedPrefix) ? String(item.id) : undefined);
  if (eventId !== undefined) {
    const kind = delivery ? 'delivery' : 'rejected';
    const as =
      (beginsWith(eventId, typed) && 'event') ||
      (beginsWith(item.correlationId, typed) && 'correlation id') ||
      (bodyOf(item).includes(JSON.stringify(typed)) && 'text');
    return as ? { kind, id: eventId, orderId: delivery?.orderId ?? null, as } : undefined;
  }
  if (key.sk === pointerSortKey) {
    const ids = pointerOf(item).waiting.map(({ eventId }) => eventId);
    const id = ids.find((each) => beginsWith(each, typed));
    if (id !== undefined) return { kind: 'message', id, orderId: null, as: 'event' };
    const [first] = key.pk.endsWith(`#${typed}`) ? ids : [];
    return first === undefined ? undefined : { kind: 'message', id: first, orderId: null, as: 'IGF' };
  }
  const orderId = orderIdOf(key);
  if (orderId === undefined) return undefined;
  const { rmaId, itemId } = item;
  const isReturn = typeof rmaId === 'string' && typeof itemId === 'string';
  if (orderId === typed) return { kind: 'order', id: orderId, orderId, as: 'order' };
  // It says only which return the order is served by, and that return is found too.
  if (key.sk.startsWith(servedByPrefix)) return undefined;
  const id = isReturn ? `${rmaId}/${itemId}` : orderId;
  const as = isReturn && id === typed ? 'return' : fieldWith(item, plain(typed));
  return as ? { kind: isReturn ? 'return' : 'order', id, orderId, as } : undefined;
}

const beginsWith = (id: unknown, typed: string): boolean =>
  typeof id === 'string' &&
  (id === typed || (typed.length >= fewestTyped && id.startsWith(typed.toLowerCase())));

const bodyOf = ({ payload, body }: StoredItem): string =>
  typeof payload === 'string'
    ? payload
    : Buffer.from((body as string | Uint8Array | undefined) ?? '').toString();

const plain = (value: unknown): string => String(value).replaceAll(/\s/g, '').toUpperCase();

/** As what a plain value stands in a document, at any depth. */
function fieldWith(document: object, typed: string): string | undefined {
  for (const [name, value] of Object.entries(document)) {
    if (typeof value === 'object' && value !== null) {
      const found = fieldWith(value, typed);
      if (found) return found;
    } else if (fields[name] && plain(value) === typed) return fields[name];
  }
  return undefined;
}
