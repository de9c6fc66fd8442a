import type { CreditMemoFact, OrderFact, RmaFact } from '../facts/facts.ts';
import {
  mergeCreditMemo,
  mergeReturn,
  mergeRma,
  mergeSalesOrder,
  mergeShipment,
  mergeTrack,
} from '../returns/merge.ts';
import { type CreditMemo, type OrderSnapshot, type Rma, returnIn } from '../returns/order.ts';
import { updateOrder } from '../table/optimistic-update.ts';
import { type Entity, entityKey } from '../table/order-items.ts';
import type { Orders } from '../table/orders.ts';

/**
 * The header of an RMA, as it is stored and with a fact merged in. Both families may report an RMA of one number. Each
 * then has a header of its own, and the header says which one came second.
 */
function mergeHeader({ rmas }: OrderSnapshot, fact: RmaFact): { stored: Rma | undefined; content: Rma } {
  const sameNumber = rmas.filter(({ rmaId }) => rmaId === fact.rmaId);
  const stored = sameNumber.find(({ family = fact.family }) => family === fact.family);
  const content = mergeRma(stored, fact);
  return { stored, content: !stored && sameNumber.length > 0 ? { ...content, second: true } : content };
}

/** The order with a fact merged in, and the entity that it changes. No entity: the fact is known already. */
export function withFact(
  order: OrderSnapshot,
  fact: OrderFact,
): { order: OrderSnapshot; entity?: Entity | undefined } {
  switch (fact.kind) {
    case 'sales-order': {
      const content = mergeSalesOrder(order.salesOrder, fact);
      if (content === order.salesOrder) return { order };
      return { order: { ...order, salesOrder: content }, entity: { kind: 'sales-order', content } };
    }
    case 'credit-memo': {
      const stored = order.creditMemos.find((memo) => isSameLine(memo, fact));
      const content = mergeCreditMemo(stored, fact);
      if (content === stored) return { order };
      const creditMemos = replaced(order.creditMemos, stored, content);
      return { order: { ...order, creditMemos }, entity: { kind: 'credit-memo', content } };
    }
    case 'shipment':
    case 'track': {
      const stored = order.shipments.find(({ shipmentId }) => shipmentId === fact.shipmentId);
      const content = fact.kind === 'track' ? mergeTrack(stored, fact) : mergeShipment(stored, fact);
      if (content === stored) return { order };
      const shipments = replaced(order.shipments, stored, content);
      return { order: { ...order, shipments }, entity: { kind: 'shipment', content } };
    }
    case 'rma': {
      const { stored, content } = mergeHeader(order, fact);
      if (content === stored) return { order };
      return {
        order: { ...order, rmas: replaced(order.rmas, stored, content) },
        entity: { kind: 'rma', content },
      };
    }
    case 'opening':
    case 'closing': {
      const stored = returnIn(order, fact);
      const content = mergeReturn(stored, fact);
      if (content === stored) return { order };
      const returns = replaced(order.returns, stored, content);
      return { order: { ...order, returns }, entity: { kind: 'return', content } };
    }
    case 'no-change':
      return { order };
  }
}

/** push-api's lines have an id of their own, whatever their memo is called. */
const isSameLine = (one: CreditMemo, other: CreditMemoFact): boolean =>
  one.lineId === other.lineId &&
  one.family === other.family &&
  (one.family === 'push-api' || one.memoId === other.memoId);

/** The list with another entry in place of a stored one, or at its end. */
const replaced = <Entry>(list: readonly Entry[], stored: Entry | undefined, next: Entry): Entry[] =>
  stored === undefined ? [...list, next] : list.map((entry) => (entry === stored ? next : entry));

/**
 * The entities that facts change, each once. A webhook may name one item several times, with contradicting
 * fields. Its facts are merged in their order, so the last one counts, also when others write the order
 * meanwhile.
 */
function mergeAll(order: OrderSnapshot, facts: readonly OrderFact[]): Entity[] {
  const changed = new Map<string, Entity>();
  let known = order;
  for (const fact of facts) {
    const merged = withFact(known, fact);
    known = merged.order;
    if (merged.entity) changed.set(entityKey(merged.entity).sk, merged.entity);
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
