import type { OrderFact } from '../facts/facts.ts';
import { mergeReturn, mergeRma, mergeShipment } from '../returns/merge.ts';
import { type OrderSnapshot, returnIn } from '../returns/order.ts';
import { updateOrder } from '../table/optimistic-update.ts';
import type { Entity } from '../table/order-items.ts';
import type { Orders } from '../table/orders.ts';

/** The entity that a fact changes, with the fact merged in. Undefined when the fact is known already. */
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

/**
 * Records the facts of a webhook. Facts that are known already cost no write. When two facts change one item,
 * the second write conflicts with the first one and is repeated from the written item.
 * @returns the order as read after the last write, so a decision made from it misses nothing written before,
 * and how many entities were written
 * @throws ContendedError
 */
export const recordFacts = (
  orderId: string,
  facts: readonly OrderFact[],
  table: Pick<Orders, 'readOrder' | 'write'>,
): Promise<{ order: OrderSnapshot; written: number }> =>
  updateOrder(orderId, (order) => facts.flatMap((fact) => merge(order, fact) ?? []), table);
