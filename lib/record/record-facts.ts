import type { OrderFact } from '../facts/facts.ts';
import {
  mergeCreditMemo,
  mergeReturn,
  mergeRma,
  mergeSalesOrder,
  mergeShipment,
  mergeTrack,
} from '../returns/merge.ts';
import type { OrderSnapshot, Rma, Shipment } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { type Entity, entityKey } from '../table/entity.ts';
import { keys } from '../table/keys.ts';
import { updateOrder } from '../table/optimistic-update.ts';
import type { Orders } from '../table/orders.ts';

/** Where the entries of an order's long lists are, by their sort keys in the table. A webhook may name thousands. */
type Places = Map<string, number>;

const placesIn = ({ returns, creditMemos }: OrderSnapshot): Places =>
  new Map([
    ...returns.map((item, at) => [keys.return(item).sk, at] as const),
    ...creditMemos.map((memo, at) => [keys.creditMemo(memo).sk, at] as const),
  ]);

/** Merges a fact into the caller's own copy of an order. @returns the entity that it changes, if it is not known */
export function mergeFact(
  order: OrderSnapshot,
  fact: OrderFact,
  places = placesIn(order),
): Entity | undefined {
  switch (fact.kind) {
    case 'sales-order': {
      const content = mergeSalesOrder(order.salesOrder, fact);
      if (content === order.salesOrder) return undefined;
      order.salesOrder = content;
      return { kind: 'sales-order', content };
    }
    case 'credit-memo': {
      const { sk } = keys.creditMemo(fact);
      const content = putAt(order.creditMemos, sk, places, (stored) => mergeCreditMemo(stored, fact));
      return content && { kind: 'credit-memo', content };
    }
    case 'shipment':
    case 'track': {
      const isSame = ({ shipmentId }: Shipment) => shipmentId === fact.shipmentId;
      const merge = (stored: Shipment | undefined) =>
        fact.kind === 'track' ? mergeTrack(stored, fact) : mergeShipment(stored, fact);
      const content = putEntry(order.shipments, isSame, merge);
      return content && { kind: 'shipment', content };
    }
    case 'rma': {
      const isNumbered = ({ rmaId }: Rma) => rmaId === fact.rmaId;
      const isSame = (rma: Rma) => isNumbered(rma) && (rma.family ?? fact.family) === fact.family;
      // Both families may report an RMA of one number. Each then has a header, and says which one came second.
      const second = order.rmas.some(isNumbered) && { second: true };
      const merge = (stored: Rma | undefined) =>
        stored ? mergeRma(stored, fact) : { ...mergeRma(undefined, fact), ...second };
      const content = putEntry(order.rmas, isSame, merge);
      return content && { kind: 'rma', content };
    }
    case 'opening':
    case 'closing': {
      // Both families may report one item by one id. The family that came first has it.
      const merge = (stored: ReturnItem | undefined) =>
        stored && stored.family !== fact.family ? stored : mergeReturn(stored, fact);
      const content = putAt(order.returns, keys.return(fact).sk, places, merge);
      return content && { kind: 'return', content };
    }
    case 'no-change':
      return undefined;
  }
}

/** Puts what `merge` makes of an entry in its place, or at the end. @returns the new entry if it differs */
export function putEntry<Entry>(
  list: Entry[],
  isSame: (entry: Entry) => boolean,
  merge: (stored: Entry | undefined) => Entry,
): Entry | undefined {
  const index = list.findIndex(isSame);
  return putAt(list, '', new Map(index < 0 ? [] : [['', index]]), merge);
}

/** The same for a list whose places are known. */
function putAt<Entry>(
  list: Entry[],
  key: string,
  places: Places,
  merge: (stored: Entry | undefined) => Entry,
): Entry | undefined {
  const at = places.get(key) ?? list.length;
  const stored = list[at];
  const next = merge(stored);
  if (next === stored) return undefined;
  list[at] = next;
  places.set(key, at);
  return next;
}

/**
 * The entities that facts change, each once. A webhook may name one item several times, with contradicting fields. The
 * last one counts, also when others write the order meanwhile.
 */
function mergeAll(order: OrderSnapshot, facts: readonly OrderFact[]): Entity[] {
  const known = structuredClone(order);
  const places = placesIn(known);
  const changed = new Map<string, Entity>();
  for (const fact of facts) {
    const entity = mergeFact(known, fact, places);
    if (entity) changed.set(entityKey(entity).sk, entity);
  }
  return [...changed.values()];
}

/**
 * Records the facts of a webhook. Known ones cost no write.
 * @returns the order as read after the last write, and how many entities were written
 * @throws ContendedError
 */
export const recordFacts = (
  orderId: string,
  facts: readonly OrderFact[],
  table: Pick<Orders, 'readOrder' | 'write'>,
): Promise<{ order: OrderSnapshot; written: number }> =>
  updateOrder(orderId, (order) => mergeAll(order, facts), table);
