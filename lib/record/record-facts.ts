import type { CreditMemoFact, OrderFact } from '../facts/facts.ts';
import {
  mergeCreditMemo,
  mergeReturn,
  mergeRma,
  mergeSalesOrder,
  mergeShipment,
  mergeTrack,
} from '../returns/merge.ts';
import {
  type CreditMemo,
  isSameReturn,
  type OrderSnapshot,
  type Rma,
  type Shipment,
} from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { updateOrder } from '../table/optimistic-update.ts';
import type { Orders } from '../table/orders.ts';
import { type Entity, entityKey } from '../table/orders.ts';

/**
 * Merges a fact into an order, which is the caller's own copy.
 * @returns the entity that it changes; none when the fact is known already
 */
export function mergeFact(order: OrderSnapshot, fact: OrderFact): Entity | undefined {
  switch (fact.kind) {
    case 'sales-order': {
      const content = mergeSalesOrder(order.salesOrder, fact);
      if (content === order.salesOrder) return undefined;
      order.salesOrder = content;
      return { kind: 'sales-order', content };
    }
    case 'credit-memo': {
      const isSame = (memo: CreditMemo) => isSameLine(memo, fact);
      const content = putEntry(order.creditMemos, isSame, (stored) => mergeCreditMemo(stored, fact));
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
      const isSame = (item: ReturnItem) => isSameReturn(item, fact);
      // Both families may report one item by one id. The family that came first has it.
      const merge = (stored: ReturnItem | undefined) =>
        stored && stored.family !== fact.family ? stored : mergeReturn(stored, fact);
      const content = putEntry(order.returns, isSame, merge);
      return content && { kind: 'return', content };
    }
    case 'no-change':
      return undefined;
  }
}

/** push-api's lines have an id of their own, whatever their memo is called. */
const isSameLine = (one: CreditMemo, other: CreditMemoFact): boolean =>
  one.lineId === other.lineId &&
  one.family === other.family &&
  (one.family === 'push-api' || one.memoId === other.memoId);

/**
 * Puts what `merge` makes of an entry in its place, or at the end of the list.
 * @returns the new entry; undefined when the entry stays the same
 */
export function putEntry<Entry>(
  list: Entry[],
  isSame: (entry: Entry) => boolean,
  merge: (stored: Entry | undefined) => Entry,
): Entry | undefined {
  const index = list.findIndex(isSame);
  const stored = list[index];
  const next = merge(stored);
  if (next === stored) return undefined;
  if (index < 0) list.push(next);
  else list[index] = next;
  return next;
}

/**
 * The entities that facts change, each once. A webhook may name one item several times, with contradicting fields. Its
 * facts are merged in their order, so the last one counts, also when others write the order meanwhile.
 */
function mergeAll(order: OrderSnapshot, facts: readonly OrderFact[]): Entity[] {
  const known = structuredClone(order);
  const changed = new Map<string, Entity>();
  for (const fact of facts) {
    const entity = mergeFact(known, fact);
    if (entity) changed.set(entityKey(entity).sk, entity);
  }
  return [...changed.values()];
}

/**
 * Records the facts of a webhook. Facts that are known already cost no write.
 * @returns the order as read after the last write, so a decision made from it misses nothing written before, and how
 * many entities were written
 * @throws ContendedError
 */
export const recordFacts = (
  orderId: string,
  facts: readonly OrderFact[],
  table: Pick<Orders, 'readOrder' | 'write'>,
): Promise<{ order: OrderSnapshot; written: number }> =>
  updateOrder(orderId, (order) => mergeAll(order, facts), table);
