import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { isEqual } from '../../../lib/returns/merge.ts';
import { type OrderSnapshot, type ReturnRef, readTrack, returnIn } from '../../../lib/returns/order.ts';
import { hashOfEmail } from '../../../lib/returns/retailer-rules.ts';
import { type ReturnItem, returnId } from '../../../lib/returns/return-item.ts';
import type { StoredItem } from '../../../lib/table/dynamodb.ts';
import type { Entity } from '../../../lib/table/entity.ts';
import { eventPrefix, type Key, keys, orderIdOf, parkedTask } from '../../../lib/table/keys.ts';
import { toOrderSnapshot } from '../../../lib/table/orders.ts';
import { withoutPersonalData } from '../../../lib/table/personal-data.ts';
import { entitiesIn, isAtRest } from '../../../lib/table/retention.ts';
import type { TableClient } from '../aws/open-bridge.ts';

/** What the table has about the person of an order. */
export type FoundOrder = Awaited<ReturnType<typeof findInOrder>>;

/** How many items have personal data. */
export const countIn = ({ entities, events, others, pointers, elsewhere }: FoundOrder): number =>
  entities.length + events.length + others.length + pointers.length + elsewhere.length;

const keyOf = ({ pk, sk }: StoredItem): Key => ({ pk: String(pk), sk: String(sk) });

const Operations = z.array(z.looseObject({ reason: z.optional(z.string()) }));

const readOperations = (operations: unknown) => z.safeParse(Operations, operations).data;

const hasReason = (operations: unknown): boolean =>
  readOperations(operations)?.some(({ reason }) => reason !== undefined) ?? false;

/** A person wrote them, perhaps about the customer. */
const withoutReasons = (operations: unknown) =>
  readOperations(operations)?.map(({ reason: _, ...operation }) => operation);

/** The orders of a person. The index lags some moments behind the table. */
export async function ordersOf(email: string, { dynamodb, table }: TableClient): Promise<string[]> {
  const orders = new Set<string>();
  const query = {
    TableName: table,
    IndexName: 'person',
    KeyConditionExpression: 'emailHash = :hash',
    ExpressionAttributeValues: { ':hash': hashOfEmail(email) },
  };
  for await (const { Items = [] } of paginateQuery({ client: dynamodb }, query)) {
    for (const item of Items) orders.add(orderIdOf(keyOf(item)) ?? '');
  }
  return [...orders].filter(Boolean);
}

/** The entities whose content has personal data, without it. */
export const toStrip = (order: OrderSnapshot): Entity[] =>
  entitiesIn(order).flatMap((entity) => {
    const stripped = withoutPersonalData(entity);
    return isEqual(stripped.content, entity.content) ? [] : stripped;
  });

/** The IGF objects of a return. */
const objectsOf = ({ listingId, igfOrderId, igfShipmentId, earlierListings = [] }: ReturnItem) =>
  [{ listingId, igfOrderId, igfShipmentId }, ...earlierListings].flatMap((one) => [
    { kind: 'LISTING' as const, id: one.listingId },
    { kind: 'ORDER' as const, id: one.igfOrderId },
    { kind: 'SHIPMENT' as const, id: one.igfShipmentId },
  ]);

/** A return of another order that was forwarded to the buyer of this one has the track of the buyer's shipment. */
export const withoutTrackOf =
  (orderId: string) =>
  (item: ReturnItem): ReturnItem => ({
    ...item,
    relatedShipments: item.relatedShipments?.map((one) =>
      one.orderId === orderId ? { ...one, track: '' } : one,
    ),
  });

/** @throws z.core.$ZodError when a person changed an item into something else */
export async function findInOrder(orderId: string, { items, store }: TableClient) {
  const stored = await items.query(keys.order(orderId));
  const order = toOrderSnapshot(orderId, stored);
  const { shipments, returns, forwarded } = order;
  const events = stored.filter(
    ({ sk, payload, operations }) => String(sk).startsWith(eventPrefix) && (payload || hasReason(operations)),
  );

  const tracks = [
    ...shipments.map(({ track }) => track?.number),
    ...returns.map(({ igf }) => igf?.shipment?.label),
  ].flatMap((track) => readTrack(track) ?? []);
  const others: Key[] = [];
  const pointers: Key[] = [];
  const served: ReturnRef[] = [...forwarded];
  for (const track of tracks) {
    const key = keys.label(track);
    const label = await items.get(key);
    if (label) others.push(key);
    if (label?.return) served.push(label.return as ReturnRef);
  }
  for (const object of returns.flatMap(objectsOf)) {
    if (object.id === undefined) continue;
    const known = { ...object, id: object.id };
    if ((await store.readPointer(known)).waiting.length > 0) pointers.push(keys.pointer(known));
  }

  const open = returns
    .filter((item) => !isAtRest(item))
    .map((item) => `Return ${returnId(item)} is ${item.state}.`);
  const elsewhere: ReturnRef[] = [];
  for (const ref of served.filter((other) => other.orderId !== orderId)) {
    const item = returnIn(await store.readOrder(ref.orderId), ref);
    if (!item || isEqual(withoutTrackOf(orderId)(item), item)) continue;
    elsewhere.push(ref);
    if (!isAtRest(item)) open.push(`Return ${returnId(item)} of order ${ref.orderId} goes to its buyer.`);
  }
  const parked = events.filter(({ task }) => task === parkedTask).length;
  if (parked > 0) open.push(`${parked} of its deliveries are parked: redrive them first.`);
  return {
    orderId,
    entities: toStrip(order),
    /** Deliveries, with what operators did with each, without their reasons. */
    events: events.map((event) => ({ ...keyOf(event), operations: withoutReasons(event.operations) })),
    /** Labels: they are deleted. */
    others,
    /** Pointers with events that waited for a return: those are deleted. */
    pointers,
    /** Returns of other orders. */
    elsewhere,
    /** Why something is not over, in sentences. */
    open,
    /** A call to IGF is underway or unanswered, and its outcome is found by the person's data. */
    isCalling: returns.some(({ pendingCall }) => pendingCall !== undefined),
    listings: returns.flatMap(objectsOf).flatMap(({ kind, id }) => (kind === 'LISTING' && id ? id : [])),
  };
}
