import type { OrderFact, RmaFact } from '../facts/facts.ts';
import { mergeReturn, mergeRma, mergeShipment } from '../returns/merge.ts';
import { type OrderSnapshot, type Rma, returnIn } from '../returns/order.ts';
import { keys } from '../table/keys.ts';
import { updateOrder } from '../table/optimistic-update.ts';
import type { Entity } from '../table/order-items.ts';
import type { Orders } from '../table/orders.ts';

/** Names the entity that a fact changes. */
function entityOf(fact: OrderFact): string {
  if (fact.kind === 'shipment') return keys.shipment(fact).sk;
  return fact.kind === 'rma' ? keys.rma(fact.orderId, fact.rmaId, fact.family).sk : keys.return(fact).sk;
}

/**
 * The header of an RMA with a fact merged in. Both families may report an RMA of one number. Each then has a header of
 * its own, and the header says which one came second.
 */
function mergeHeader({ rmas }: OrderSnapshot, fact: RmaFact, changed: Rma | undefined): Rma | undefined {
  const sameNumber = rmas.filter(({ rmaId }) => rmaId === fact.rmaId);
  const known = changed ?? sameNumber.find(({ family = fact.family }) => family === fact.family);
  const merged = mergeRma(known, fact);
  if (merged === known) return undefined;
  return !known && sameNumber.length > 0 ? { ...merged, second: true } : merged;
}

/**
 * The entity that a fact changes, with the fact merged in. Undefined when the fact is known already.
 * @param changed the entity as earlier facts of the same webhook have changed it, if they have
 */
function merge(order: OrderSnapshot, fact: OrderFact, changed: Entity | undefined): Entity | undefined {
  switch (fact.kind) {
    case 'shipment': {
      const stored = order.shipments.find(({ shipmentId }) => shipmentId === fact.shipmentId);
      const known = changed?.kind === 'shipment' ? changed.content : stored;
      const content = mergeShipment(known, fact);
      return content === known ? undefined : { kind: 'shipment', content };
    }
    case 'rma': {
      const content = mergeHeader(order, fact, changed?.kind === 'rma' ? changed.content : undefined);
      return content && { kind: 'rma', content };
    }
    case 'opening':
    case 'closing': {
      const known = changed?.kind === 'return' ? changed.content : returnIn(order, fact);
      const content = mergeReturn(known, fact);
      return content === known ? undefined : { kind: 'return', content };
    }
  }
}

/**
 * The entities that facts change, each once. A webhook may name one item several times, with contradicting
 * fields. Its facts are merged in their order, so the last one counts, also when others write the order
 * meanwhile.
 */
function mergeAll(order: OrderSnapshot, facts: readonly OrderFact[]): Entity[] {
  const changed = new Map<string, Entity>();
  for (const fact of facts) {
    const key = entityOf(fact);
    const entity = merge(order, fact, changed.get(key));
    if (entity) changed.set(key, entity);
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
