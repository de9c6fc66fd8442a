import {
  isSameReturn,
  type OrderSnapshot,
  type ReturnRef,
  refOf,
  returnIn,
  type ShipmentRef,
} from '../../../lib/returns/order.ts';
import { RetailerRules } from '../../../lib/returns/retailer-rules.ts';
import type { RelatedShipment, ReturnItem } from '../../../lib/returns/return-item.ts';
import { builtInOnly } from '../../../lib/returns/vocabulary.ts';
import { addSeconds, epochSeconds } from '../../../lib/runtime/time.ts';
import type { ReconcilerRun, RetailerItem } from '../../../lib/table/bridge-state.ts';
import { dailyNoticeSeconds } from '../../../lib/table/bridge-state.ts';
import type { BridgeTable } from '../../../lib/table/bridge-table.ts';
import { type DeliveryAttempt, deliveryRetentionSeconds } from '../../../lib/table/deliveries.ts';
import type { StoredItem } from '../../../lib/table/dynamodb.ts';
import type { WaitingEvent } from '../../../lib/table/igf-pointers.ts';
import { firstFactSortKey, type Key, keys, orderPrefix, servedByPrefix } from '../../../lib/table/keys.ts';
import { linkRetentionSeconds } from '../../../lib/table/links.ts';
import { toItem, toOrderSnapshot } from '../../../lib/table/orders.ts';
import type { UnmappedTerm } from '../../../lib/table/term-mappings.ts';
import { type Mapping, withMappings } from '../../../lib/table/term-mappings.ts';
import { frozen } from '../frozen.ts';
import { Expiring, idOf } from './expiring-items.ts';

export type InMemoryTable = ReturnType<typeof inMemoryTable>;
type Call = keyof BridgeTable;

/** As the SDK's document client does it: undefined is left out, and nobody shares an object with the table. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** The clock stands, so that the same writes store the same. */
const retention = { now: () => Date.UTC(2100, 0, 1), keepOrdersDays: 180 };

/** The table in memory. It passes the same contract as the table in DynamoDB: `test/support/contracts/table.ts`. */
export function inMemoryTable(start?: OrderSnapshot) {
  const items = new Map<string, StoredItem>();
  const deliveries: DeliveryAttempt[] = [];
  const mappings: Mapping[] = [];
  const unmapped: UnmappedTerm[] = [];
  const pointers = new Map<string, ReturnRef>();
  const waiting = new Map<string, WaitingEvent[]>();
  const labels = new Expiring<{ return?: ReturnRef; shipment?: RelatedShipment }>(linkRetentionSeconds);
  const offers = new Expiring<ReturnRef>(linkRetentionSeconds);
  const openShipments = new Expiring<OpenShipment>(linkRetentionSeconds);
  const noticeOwners = new Map<string, ReturnRef>();
  const state: {
    retailer?: RetailerItem;
    firstDeliveryAt?: string;
    dailyNoticeAt?: string;
    lastRun?: ReconcilerRun;
  } = {};

  // Equal items are one object, which nobody can change. So equal partitions have one snapshot.
  const stored = new Map<string, StoredItem>();
  const numbers = new Map<StoredItem, number>();
  const put = (item: StoredItem): void => {
    const text = JSON.stringify(item);
    const one = stored.get(text) ?? frozen(JSON.parse(text) as StoredItem);
    stored.set(text, one);
    if (!numbers.has(one)) numbers.set(one, numbers.size);
    items.set(idOf(item as StoredItem & Key), one);
  };
  for (const content of start?.salesOrder ? [start.salesOrder] : [])
    put(toItem({ kind: 'sales-order', content }, retention));
  for (const content of start?.creditMemos ?? []) put(toItem({ kind: 'credit-memo', content }, retention));
  for (const content of start?.shipments ?? []) put(toItem({ kind: 'shipment', content }, retention));
  for (const content of start?.rmas ?? []) put(toItem({ kind: 'rma', content }, retention));
  for (const content of start?.returns ?? []) put(toItem({ kind: 'return', content }, retention));

  const inPartition = (pk: string, prefix: string): StoredItem[] =>
    [...items.values()].filter((item) => item.pk === pk && String(item.sk).startsWith(prefix));
  const snapshots = new Map<string, OrderSnapshot>();
  const order = (orderId: string): OrderSnapshot => {
    const wanted = keys.order(orderId);
    const partition = [...items.values()]
      .filter(({ pk, sk }) => pk === wanted && String(sk) >= firstFactSortKey)
      .sort((one, other) => (String(one.sk) < String(other.sk) ? -1 : 1));
    const key = `${partition.map((item) => numbers.get(item)).join()} ${orderId}`;
    const snapshot = snapshots.get(key) ?? frozen(toOrderSnapshot(orderId, partition));
    snapshots.set(key, snapshot);
    return snapshot;
  };
  const reservationsOf = (sku: string, shipment: ShipmentRef): ReadonlyMap<string, ReturnRef> =>
    openShipments.get(keys.openShipment(sku, shipment))?.reservations ?? new Map();

  const methods: BridgeTable = {
    readOrder: async (orderId) => order(orderId),

    async write(entity) {
      const item = toItem(entity, retention) as StoredItem & Key;
      if ((items.get(idOf(item))?.rev ?? 0) !== entity.content.rev) return 'changed';
      put(item);
      return 'written';
    },

    async completeClaim(item, token, outcome) {
      const stored = returnIn(order(item.orderId), item);
      if (!stored || stored.pendingCall?.token !== token) return 'changed';
      const fields = Object.entries(outcome).filter(([, value]) => value !== undefined);
      const content: ReturnItem = {
        ...stored,
        ...Object.fromEntries(fields.map(([name, value]) => [name, value ?? undefined])),
        igf: outcome.igf === null ? undefined : (stored.igf ?? outcome.igf),
        pendingCall: undefined,
      };
      put(toItem({ kind: 'return', content }, retention));
      return returnIn(order(item.orderId), item) ?? 'changed';
    },

    readPointer: async (object) => ({
      ref: pointers.get(keys.igfObject(object)),
      waiting: copy(waiting.get(keys.igfObject(object)) ?? []),
    }),

    async point(object, ref) {
      const stored = pointers.get(keys.igfObject(object));
      if (stored && !isSameReturn(stored, ref)) return 'other';
      pointers.set(keys.igfObject(object), refOf(ref));
      return copy(waiting.get(keys.igfObject(object)) ?? []);
    },

    async keepWaiting(object, event) {
      if (pointers.has(keys.igfObject(object))) return 'linked';
      const events = waiting.get(keys.igfObject(object)) ?? [];
      const others = events.filter(({ eventId }) => eventId !== event.eventId);
      waiting.set(keys.igfObject(object), [...others, copy(event)]);
      return 'kept';
    },

    async endWaiting(object, recorded) {
      const events = waiting.get(keys.igfObject(object)) ?? [];
      const left = events.filter(({ eventId }) => recorded.every((other) => other.eventId !== eventId));
      if (left.length > 0) waiting.set(keys.igfObject(object), left);
      else waiting.delete(keys.igfObject(object));
    },

    linkBuyerOrder: async (buyersOrderId, ref) =>
      put({ ...keys.servedBy(buyersOrderId, ref), forwarded: refOf(ref) }),

    async linkPurchaseOrder(poNumber, ref) {
      put({ ...keys.servedByPo(poNumber, ref), forwarded: refOf(ref) });
      return inPartition(keys.servedByPo(poNumber, ref).pk, orderPrefix).map(
        (item) => item.orderId as string,
      );
    },

    async registerPurchaseOrder(poNumber, orderId) {
      const key = keys.orderOfPo(poNumber, orderId);
      put({ ...key, orderId });
      return inPartition(key.pk, servedByPrefix).map((item) => item.forwarded as ReturnRef);
    },

    async registerLabel(track, ref, at) {
      const key = keys.label(track);
      const [before] = labels.live(key, at);
      labels.put(key, { ...labels.get(key), return: refOf(ref) }, at);
      return before?.shipment;
    },

    async registerDelivery(shipment, at) {
      const key = keys.label(shipment.track);
      const [before] = labels.live(key, at);
      labels.put(key, { ...labels.get(key), shipment: copy(shipment) }, at);
      return before?.return;
    },

    async registerOffer(sku, ref, at) {
      offers.put(keys.offer(sku, ref), refOf(ref), at);
      return openShipments
        .live({ pk: keys.article(sku) }, at)
        .filter(
          ({ reservations, quantity }) =>
            reservations.size < quantity || reservations.values().some((holder) => isSameReturn(holder, ref)),
        )
        .map(({ orderId, shipmentId }) => ({ orderId, shipmentId }));
    },

    async registerOpenShipment(sku, { orderId, shipmentId, quantity }, at) {
      const known = openShipments.get(keys.openShipment(sku, { orderId, shipmentId }));
      const { reservations = new Map(), released = [] } = known ?? {};
      const item = { orderId, shipmentId, quantity, reservations, released };
      openShipments.put(keys.openShipment(sku, item), item, at);
      return offers.live({ pk: keys.article(sku) }, at).map(refOf);
    },

    listReservations: async (sku, shipment) => [...reservationsOf(sku, shipment).values()],

    async reserveUnit(sku, shipment, token, ref) {
      const { quantity = 0, released = [] } = openShipments.get(keys.openShipment(sku, shipment)) ?? {};
      const reserved = reservationsOf(sku, shipment);
      const isLeft = reserved.size < quantity && !released.includes(token);
      if (!reserved.has(token) && !isLeft) return 'none-left';
      const reservations = new Map([...reserved, [token, refOf(ref)]]);
      openShipments.change(keys.openShipment(sku, shipment), { reservations });
      return 'reserved';
    },

    releaseUnit: async (sku, shipment, token) => {
      const key = keys.openShipment(sku, shipment);
      const others = [...reservationsOf(sku, shipment)].filter(([other]) => other !== token);
      const released = [...new Set(openShipments.get(key)?.released).add(token)];
      openShipments.change(key, { reservations: new Map(others), released });
    },

    readMappings: async () => withMappings(builtInOnly, ...mappings),

    async noteUnmapped({ field, text }, at) {
      const isKnown = unmapped.some((term) => term.field === field && term.text === text);
      if (!isKnown) unmapped.push({ field, text, since: at });
    },

    async readUnmappedTerms() {
      const mapped = withMappings(builtInOnly, ...mappings);
      return unmapped.filter(({ field, text }) => !mapped[field].has(text));
    },

    async claimTermNotice(term, ref) {
      const owner = noticeOwners.get(keys.unmapped(term).sk) ?? refOf(ref);
      noticeOwners.set(keys.unmapped(term).sk, owner);
      return isSameReturn(owner, ref) ? 'ours' : 'other';
    },

    readRetailer: async () => state.retailer && RetailerRules.parse(state.retailer),
    writeRetailer: async (item) => {
      state.retailer = copy(item);
    },

    firstDelivery: async (now) => {
      state.firstDeliveryAt ??= now;
      return state.firstDeliveryAt;
    },

    noteRun: async (run) => {
      state.lastRun = run;
    },
    readLastRun: async () => state.lastRun,

    async claimDailyNotice(now) {
      const { dailyNoticeAt } = state;
      if (dailyNoticeAt && dailyNoticeAt > addSeconds(now, -dailyNoticeSeconds)) return 'published';
      state.dailyNoticeAt = now;
      return 'ours';
    },

    releaseDailyNotice: async () => void delete state.dailyNoticeAt,

    recordDelivery: async (attempt) => void deliveries.push(copy(attempt)),

    hasDelivery: async (orderId, eventId, now) =>
      deliveries.some(
        ({ orderId: ofOrder, envelope, at }) =>
          ofOrder === orderId &&
          envelope.id === eventId &&
          epochSeconds(at) + deliveryRetentionSeconds > epochSeconds(now),
      ),
  };

  const content = {
    ...{ items, deliveries, mappings, unmapped, pointers, waiting, noticeOwners, state },
    ...{ labels: labels.items, offers: offers.items, openShipments: openShipments.items },
  };

  const calls: Call[] = [];
  let beforeCall: ((call: Call) => Promise<void>) | undefined;
  const recording =
    (name: Call, method: (...args: never[]) => Promise<unknown>) =>
    async (...args: never[]) => {
      calls.push(name);
      await beforeCall?.(name);
      return method(...args);
    };
  const table = Object.fromEntries(
    (Object.keys(methods) as Call[]).map((name) => [name, recording(name, methods[name])]),
  ) as unknown as BridgeTable;

  return {
    ...table,
    /** The names of all calls, in their order. */
    calls,
    deliveries,
    /** What operators mapped. */
    mappings,
    /** The terms that had no mapping when they came, also those that were mapped since. */
    unmapped,
    /** By IGF object, such as `IGF#LISTING#7`. */
    pointers,
    waiting,
    /** Lets a test delay, interleave or break each call just before it takes effect. */
    before: (hook: (call: Call) => Promise<void>) => {
      beforeCall = hook;
    },
    /** Runs something just before the next call of this name, once. */
    beforeNext: (name: Call, meanwhile: () => Promise<unknown> | unknown) => {
      const others = beforeCall;
      beforeCall = async (call) => {
        await others?.(call);
        if (call !== name) return;
        beforeCall = others;
        await meanwhile();
      };
    },
    /** Somebody else writes a return, without changing its content. */
    touch: (ref: ReturnRef) => {
      const content = returnIn(order(ref.orderId), ref);
      if (content) put(toItem({ kind: 'return', content }, retention));
    },
    /** What a test looks at without making a call. */
    order,
    reservationsOf,
    /** The tokens of all reserved units. */
    reservations: () =>
      [...openShipments.items.values()].flatMap(({ reservations }) => [...reservations.keys()]),
    retailer: () => state.retailer,
    /**
     * Everything that is stored, as it is now. The table answers every call by this, whatever happened before. Items and
     * entries are never changed, only replaced.
     */
    save: (): SavedTable => ({
      ...Object.fromEntries(Object.entries(content).map(([name, part]) => [name, shallowCopy(part)])),
      items: new Map(items),
    }),
    /** Goes back to what was stored then. */
    load: (saved: SavedTable) => {
      for (const [name, part] of Object.entries(saved)) refill(content[name as keyof typeof content], part);
    },
  };
}

/** What a table had stored at one moment. */
export type SavedTable = Readonly<Record<string, object>> & {
  readonly items: ReadonlyMap<string, StoredItem>;
};

function shallowCopy(part: object): object {
  if (part instanceof Map) return new Map(part);
  return Array.isArray(part) ? [...part] : { ...part };
}

/** Gives a map, a list or an object the content of another one. */
function refill(target: object, content: object): void {
  if (target instanceof Map) {
    target.clear();
    for (const [key, value] of content as Map<unknown, unknown>) target.set(key, value);
  } else if (Array.isArray(target)) {
    target.splice(0, target.length, ...(content as unknown[]));
  } else {
    for (const key of Object.keys(target)) Reflect.deleteProperty(target, key);
    Object.assign(target, content);
  }
}

interface OpenShipment extends ShipmentRef {
  quantity: number;
  /** By token. */
  reservations: ReadonlyMap<string, ReturnRef>;
  /** The tokens. */
  released: readonly string[];
}
