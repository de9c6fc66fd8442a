import type { IgfFact } from '../../../lib/facts/igf-facts.ts';
import type { ShipmentRef } from '../../../lib/matching/reservations.ts';
import type { OrderSnapshot, ReturnRef } from '../../../lib/returns/order.ts';
import type { RetailerRules } from '../../../lib/returns/retailer-rules.ts';
import type { RelatedShipment, ReturnItem } from '../../../lib/returns/return-item.ts';
import { builtInOnly, type Term, type TermMappings } from '../../../lib/returns/vocabulary.ts';
import type { BridgeTable, ClaimOutcome } from '../../../lib/table/bridge-table.ts';
import type { DeliveryAttempt } from '../../../lib/table/delivery-item.ts';
import type { WaitingEvent } from '../../../lib/table/igf-pointers.ts';
import { firstFactSortKey, type IgfObject, type Key, keys } from '../../../lib/table/keys.ts';
import { type Entity, type StoredItem, toItem, toOrderSnapshot } from '../../../lib/table/order-items.ts';
import type { RetailerItem } from '../../../lib/table/retailer-item.ts';
import { type Mapping, type UnknownText, withMappings } from '../../../lib/table/term-mappings.ts';
import { noticeOwner } from '../../../lib/table/term-notices.ts';

/**
 * The table in memory, with the conditions of the real one: a write needs the `rev` it was made from, a claim is
 * settled only by its token. Everything goes in and out as copies, and what is undefined is not stored.
 */
export class InMemoryTable implements BridgeTable {
  /** Every call, by name, in the order in which it was made. */
  readonly calls: (keyof BridgeTable)[] = [];
  readonly deliveries: DeliveryAttempt[] = [];
  /** What operators mapped, and the texts that were unknown when they came. */
  readonly mappings: Mapping[] = [];
  readonly termNotices: UnknownText[] = [];
  /** By IGF object, such as `IGF#LISTING#7`. */
  readonly pointers = new Map<string, ReturnRef>();
  readonly waiting = new Map<string, WaitingEvent[]>();
  readonly #labels = new Map<string, { label?: ReturnRef; parcel?: RelatedShipment }>();
  readonly #speakers = new Map<string, string>();
  #items = new Map<string, StoredItem>();
  #before: ((call: keyof BridgeTable) => Promise<void>) | undefined;

  constructor(order?: OrderSnapshot) {
    for (const content of order?.shipments ?? []) this.#put(toItem({ kind: 'shipment', content }));
    for (const content of order?.rmas ?? []) this.#put(toItem({ kind: 'rma', content }));
    for (const content of order?.returns ?? []) this.#put(toItem({ kind: 'return', content }));
  }

  /** Lets a test hold, interleave or break each call just before it takes effect. */
  before(hook: (call: keyof BridgeTable) => Promise<void>): void {
    this.#before = hook;
  }

  /** Lets something happen just before the next call of this name, once. */
  beforeNext(name: keyof BridgeTable, meanwhile: () => Promise<unknown> | unknown): void {
    const others = this.#before;
    this.#before = async (call) => {
      await others?.(call);
      if (call !== name) return;
      this.#before = others;
      await meanwhile();
    };
  }

  async readOrder(orderId: string): Promise<OrderSnapshot> {
    await this.#called('readOrder');
    return this.order(orderId);
  }

  async write(entity: Entity): Promise<'written' | 'changed'> {
    await this.#called('write');
    const item = toItem(entity);
    const stored = this.#items.get(idOf(item as StoredItem & Key));
    const asRead = entity.content.rev === 0 ? stored === undefined : stored?.rev === entity.content.rev;
    if (!asRead) return 'changed';
    this.#put(item);
    return 'written';
  }

  async completeClaim(
    item: ReturnItem,
    token: string,
    outcome: ClaimOutcome,
  ): Promise<ReturnItem | 'changed'> {
    await this.#called('completeClaim');
    const stored = this.#items.get(idOf(keys.return(item.orderId, item.rmaId, item.itemId)));
    const claim = stored?.pendingCall as ReturnItem['pendingCall'];
    if (!stored || claim?.token !== token) return 'changed';
    const { pendingCall: _given, ...rest } = stored;
    const next: StoredItem = { ...rest, rev: Number(stored.rev) + 1 };
    for (const [name, value] of Object.entries(outcome)) {
      if (value === null) delete next[name];
      else if (name === 'igf') next.igf ??= value;
      else if (value !== undefined) next[name] = value;
    }
    this.#put(next);
    const settled = toOrderSnapshot(item.orderId, [copy(next)]).returns[0];
    if (!settled) throw new Error('What was settled is no return.');
    return settled;
  }

  async findReturn(object: IgfObject): Promise<ReturnRef | undefined> {
    await this.#called('findReturn');
    return this.pointers.get(keys.igfObject(object));
  }

  async point(object: IgfObject, { orderId, rmaId, itemId }: ReturnRef): Promise<'pointed' | 'other'> {
    await this.#called('point');
    const ref = { orderId, rmaId, itemId };
    const stored = this.pointers.get(keys.igfObject(object));
    if (stored && JSON.stringify(stored) !== JSON.stringify(ref)) return 'other';
    this.pointers.set(keys.igfObject(object), ref);
    return 'pointed';
  }

  async keepWaiting(object: IgfObject, waiting: WaitingEvent): Promise<void> {
    await this.#called('keepWaiting');
    const others = this.waiting.get(keys.igfObject(object)) ?? [];
    this.waiting.set(keys.igfObject(object), [...others, copy(waiting)]);
  }

  async readWaiting(object: IgfObject): Promise<IgfFact[]> {
    await this.#called('readWaiting');
    return (this.waiting.get(keys.igfObject(object)) ?? []).map(({ fact }) => copy(fact));
  }

  async linkBuyerOrder(buyersOrderId: string, { orderId, rmaId, itemId }: ReturnRef): Promise<void> {
    await this.#called('linkBuyerOrder');
    const forwarded = { orderId, rmaId, itemId };
    this.#put({ ...keys.forwarded(buyersOrderId, forwarded), forwarded });
  }

  async registerLabel(
    track: string,
    { orderId, rmaId, itemId }: ReturnRef,
  ): Promise<RelatedShipment | undefined> {
    await this.#called('registerLabel');
    const before = this.#labels.get(track);
    this.#labels.set(track, { ...before, label: { orderId, rmaId, itemId } });
    return before?.parcel;
  }

  async registerDelivery(parcel: RelatedShipment): Promise<ReturnRef | undefined> {
    await this.#called('registerDelivery');
    const before = this.#labels.get(parcel.track);
    this.#labels.set(parcel.track, { ...before, parcel: copy(parcel) });
    return before?.label;
  }

  /** By article: the returns that offer it, and the shipments with who has taken their pieces. */
  readonly #listed = new Map<string, Map<string, ReturnRef>>();
  readonly #uncollected = new Map<string, Map<string, ShipmentRef & { quantity: number }>>();
  readonly #taken = new Map<string, Map<string, ReturnRef>>();

  async registerOffer(sku: string, { orderId, rmaId, itemId }: ReturnRef): Promise<ShipmentRef[]> {
    await this.#called('registerOffer');
    const others = this.#listed.get(sku) ?? new Map();
    this.#listed.set(
      sku,
      others.set(keys.listed(sku, { orderId, rmaId, itemId }).sk, { orderId, rmaId, itemId }),
    );
    return [...(this.#uncollected.get(sku)?.values() ?? [])]
      .filter((shipment) => this.takers(sku, shipment).size < shipment.quantity)
      .map(({ orderId, shipmentId }) => ({ orderId, shipmentId }));
  }

  async registerOpenShipment(
    sku: string,
    shipment: ShipmentRef & { quantity: number },
  ): Promise<ReturnRef[]> {
    await this.#called('registerOpenShipment');
    const others = this.#uncollected.get(sku) ?? new Map();
    this.#uncollected.set(sku, others.set(keys.uncollected(sku, shipment).sk, copy(shipment)));
    return [...(this.#listed.get(sku)?.values() ?? [])];
  }

  async listReservations(sku: string, shipment: ShipmentRef): Promise<ReturnRef[]> {
    await this.#called('listReservations');
    return [...this.takers(sku, shipment).values()];
  }

  async reserveUnit(
    sku: string,
    shipment: ShipmentRef,
    token: string,
    { orderId, rmaId, itemId }: ReturnRef,
  ): Promise<'taken' | 'none-left'> {
    await this.#called('reserveUnit');
    const { sk } = keys.uncollected(sku, shipment);
    const pieces = this.#uncollected.get(sku)?.get(sk)?.quantity ?? 0;
    const taken = this.takers(sku, shipment);
    if (!taken.has(token) && taken.size >= pieces) return 'none-left';
    this.#taken.set(`${sku} ${sk}`, taken.set(token, { orderId, rmaId, itemId }));
    return 'taken';
  }

  async releaseUnit(sku: string, shipment: ShipmentRef, token: string): Promise<void> {
    await this.#called('releaseUnit');
    this.takers(sku, shipment).delete(token);
  }

  /** Who has taken pieces of a shipment, by token; it is no call. */
  takers(sku: string, shipment: ShipmentRef): Map<string, ReturnRef> {
    return this.#taken.get(`${sku} ${keys.uncollected(sku, shipment).sk}`) ?? new Map();
  }

  async readMappings(): Promise<TermMappings> {
    await this.#called('readMappings');
    return withMappings(builtInOnly, ...this.mappings);
  }

  async noteUnmapped(held: Term, at: string): Promise<void> {
    await this.#called('noteUnmapped');
    const known = this.termNotices.some(({ field, text }) => field === held.field && text === held.text);
    if (!known) this.termNotices.push({ ...held, since: at });
  }

  async readUnmappedTerms(): Promise<UnknownText[]> {
    await this.#called('readUnmappedTerms');
    const vocabulary = withMappings(builtInOnly, ...this.mappings);
    return this.termNotices.filter(({ field, text }) => !vocabulary[field].has(text));
  }

  async claimTermNotice(text: Term, ref: ReturnRef): Promise<'ours' | 'other'> {
    await this.#called('claimTermNotice');
    const { pk, sk } = keys.unknown(text);
    const speaker = this.#speakers.get(`${pk} ${sk}`) ?? noticeOwner(ref);
    this.#speakers.set(`${pk} ${sk}`, speaker);
    return speaker === noticeOwner(ref) ? 'ours' : 'other';
  }

  retailer: RetailerItem | undefined;

  async readRetailer(): Promise<RetailerRules | undefined> {
    await this.#called('readRetailer');
    return this.retailer;
  }

  async writeRetailer(item: RetailerItem): Promise<void> {
    await this.#called('writeRetailer');
    this.retailer = copy(item);
  }

  async recordDelivery(attempt: DeliveryAttempt): Promise<void> {
    await this.#called('recordDelivery');
    this.deliveries.push(copy(attempt));
  }

  /** Somebody else writes a return, without changing what it says. */
  touch({ orderId, rmaId, itemId }: Pick<ReturnItem, 'orderId' | 'rmaId' | 'itemId'>): void {
    const stored = this.#items.get(idOf(keys.return(orderId, rmaId, itemId)));
    if (stored) this.#put({ ...stored, rev: Number(stored.rev) + 1 });
  }

  /** What a test looks at; it is no call. */
  order(orderId: string): OrderSnapshot {
    const partition = [...this.#items.values()]
      .filter(({ pk, sk }) => pk === keys.order(orderId) && String(sk) >= firstFactSortKey)
      .sort((one, other) => (String(one.sk) < String(other.sk) ? -1 : 1));
    return toOrderSnapshot(orderId, copy(partition));
  }

  async #called(call: keyof BridgeTable): Promise<void> {
    this.calls.push(call);
    await this.#before?.(call);
  }

  #put(item: StoredItem): void {
    this.#items.set(idOf(item as StoredItem & Key), copy(item));
  }
}

const idOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;
/** As the SDK's document client does: undefined is left out, and nobody shares an object with the table. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
