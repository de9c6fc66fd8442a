import type { ReturnItem } from '../../lib/returns/return-item.ts';
import type { Story } from '../../lib/returns/story.ts';
import type { BridgeTable, ClaimOutcome } from '../../lib/table/bridge-table.ts';
import type { DeliveryAttempt } from '../../lib/table/delivery-item.ts';
import { firstFactSortKey, type Key, keys } from '../../lib/table/keys.ts';
import { type Entity, type StoredItem, toItem, toStory } from '../../lib/table/stored-story.ts';

/**
 * The table in memory, with the conditions of the real one: a write needs the `rev` it was made from, a claim is
 * settled only by its token. Everything goes in and out as copies, and what is undefined is not stored.
 */
export class InMemoryTable implements BridgeTable {
  /** Every call, by name, in the order in which it was made. */
  readonly calls: (keyof BridgeTable)[] = [];
  readonly deliveries: DeliveryAttempt[] = [];
  readonly pointers = new Map<number, string>();
  #items = new Map<string, StoredItem>();
  #before: ((call: keyof BridgeTable) => Promise<void>) | undefined;

  constructor(story?: Story) {
    for (const content of story?.shipments ?? []) this.#put(toItem({ kind: 'shipment', content }));
    for (const content of story?.rmas ?? []) this.#put(toItem({ kind: 'rma', content }));
    for (const content of story?.returns ?? []) this.#put(toItem({ kind: 'return', content }));
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

  async readStory(orderId: string): Promise<Story> {
    await this.#called('readStory');
    return this.story(orderId);
  }

  async write(entity: Entity): Promise<'written' | 'conflict'> {
    await this.#called('write');
    const item = toItem(entity);
    const stored = this.#items.get(idOf(item as StoredItem & Key));
    const asRead = entity.content.rev === 0 ? stored === undefined : stored?.rev === entity.content.rev;
    if (!asRead) return 'conflict';
    this.#put(item);
    return 'written';
  }

  async settleClaim(item: ReturnItem, token: string, outcome: ClaimOutcome): Promise<ReturnItem | 'lost'> {
    await this.#called('settleClaim');
    const stored = this.#items.get(idOf(keys.return(item.orderId, item.rmaId, item.itemId)));
    const claim = stored?.claim as ReturnItem['claim'];
    if (!stored || claim?.token !== token) return 'lost';
    const { claim: _given, ...rest } = stored;
    const next: StoredItem = { ...rest, rev: Number(stored.rev) + 1 };
    for (const [name, value] of Object.entries(outcome)) {
      if (value === null) delete next[name];
      else if (value !== undefined) next[name] = value;
    }
    this.#put(next);
    const settled = toStory(item.orderId, [copy(next)]).returns[0];
    if (!settled) throw new Error('What was settled is no return.');
    return settled;
  }

  async writePointer(listingId: number, item: ReturnItem): Promise<void> {
    await this.#called('writePointer');
    this.pointers.set(listingId, idOf(keys.return(item.orderId, item.rmaId, item.itemId)));
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
  story(orderId: string): Story {
    const partition = [...this.#items.values()]
      .filter(({ pk, sk }) => pk === keys.order(orderId) && String(sk) >= firstFactSortKey)
      .sort((one, other) => (String(one.sk) < String(other.sk) ? -1 : 1));
    return toStory(orderId, copy(partition));
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
