import type { OrderFact } from '../facts/facts.ts';
import { mergeReturn, mergeRma, mergeShipment } from '../returns/merge.ts';
import { type OrderSnapshot, returnIn } from '../returns/order.ts';
import { type Entity, entityKey } from '../table/order-items.ts';
import type { Orders } from '../table/orders.ts';
import { updateOrder } from '../table/update-order.ts';

/** The entity that a fact changes, with the fact merged in; undefined when the fact is known already. */
function merge(order: OrderSnapshot, fact: OrderFact): Entity | undefined {
  switch (fact.kind) {
    case 'shipment': {
      const stored = order.shipments.find(({ shipmentId }) => shipmentId === fact.shipmentId);
      const content = mergeShipment(stored, fact);
      return content === stored ? undefined : { kind: 'shipment', content };
    }
    case 'rma': {
      const stored = order.rmas.find(({ rmaId }) => rmaId === fact.rmaId);
      const content = mergeRma(stored, fact);
      return content === stored ? undefined : { kind: 'rma', content };
    }
    case 'opening':
    case 'closing': {
      const stored = returnIn(order, fact);
      const content = mergeReturn(stored, fact);
      return content === stored ? undefined : { kind: 'return', content };
    }
  }
}

/** What facts change in an order: the entities to write, and the order as it is read once they are written. Pure. */
export function mergeFacts(
  order: OrderSnapshot,
  facts: readonly OrderFact[],
): { order: OrderSnapshot; changed: Entity[] } {
  let merged = order;
  const changed = new Map<string, Entity>();
  for (const fact of facts) {
    const entity = merge(merged, fact);
    if (!entity) continue;
    changed.set(entityKey(entity).sk, entity);
    merged = withEntity(merged, entity);
  }
  return { order: merged, changed: [...changed.values()] };
}

function withEntity(order: OrderSnapshot, entity: Entity): OrderSnapshot {
  switch (entity.kind) {
    case 'shipment':
      return { ...order, shipments: replaced(order.shipments, entity.content, 'shipment') };
    case 'rma':
      return { ...order, rmas: replaced(order.rmas, entity.content, 'rma') };
    case 'return':
      return { ...order, returns: replaced(order.returns, entity.content, 'return') };
  }
}

/** Replaces the content with the same key, and sorts by key as the table does. */
function replaced<Kind extends Entity['kind']>(
  list: readonly ContentOf<Kind>[],
  content: ContentOf<Kind>,
  kind: Kind,
): ContentOf<Kind>[] {
  const sortKey = (other: ContentOf<Kind>): string => entityKey({ kind, content: other } as Entity).sk;
  const others = list.filter((other) => sortKey(other) !== sortKey(content));
  return [...others, content].sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
}

type ContentOf<Kind extends Entity['kind']> = Extract<Entity, { kind: Kind }>['content'];

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
  updateOrder(orderId, (order) => mergeFacts(order, facts).changed, table);
