import type { OrderFact } from '../facts/facts.ts';
import { mergeReturn, mergeRma, mergeShipment } from '../returns/merge.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { BridgeTable } from '../table/bridge-table.ts';
import { type Entity, entityKey } from '../table/order-items.ts';

/** How often a fact is tried against writers of the same item, before the message is retried as a whole. */
const mostConflicts = 12;

/** Several workers kept writing the same item; the next attempt finds them gone. */
export class ContendedError extends Error {
  override readonly name = 'ContendedError';
}

/** What a fact makes of the story: the entity to write, or `undefined` when it tells nothing new. */
function join(order: OrderSnapshot, fact: OrderFact): Entity | undefined {
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
      const stored = order.returns.find(
        ({ rmaId, itemId }) => rmaId === fact.rmaId && itemId === fact.itemId,
      );
      const content = mergeReturn(stored, fact);
      return content === stored ? undefined : { kind: 'return', content };
    }
  }
}

/** The story as it would be read once these facts are recorded. Pure: nothing is written. */
export function withFacts(order: OrderSnapshot, facts: readonly OrderFact[]): OrderSnapshot {
  return facts.reduce((known, fact) => {
    const entity = join(known, fact);
    return entity ? withEntity(known, entity) : known;
  }, order);
}

function withEntity(order: OrderSnapshot, entity: Entity): OrderSnapshot {
  switch (entity.kind) {
    case 'shipment':
      return { ...order, shipments: placed(order.shipments, entity.content, 'shipment') };
    case 'rma':
      return { ...order, rmas: placed(order.rmas, entity.content, 'rma') };
    case 'return':
      return { ...order, returns: placed(order.returns, entity.content, 'return') };
  }
}

/** In the place of the one with the same key, and in the order of keys, as the table reads them. */
function placed<Kind extends Entity['kind']>(
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
 * Records what a webhook told and answers the order's story as it was read after the last write: who decides from it
 * misses nothing that was written before. Facts that are known already cost no write.
 * @throws ContendedError
 */
export async function record(
  orderId: string,
  facts: readonly OrderFact[],
  table: BridgeTable,
): Promise<{ order: OrderSnapshot; written: number }> {
  let order = await table.readOrder(orderId);
  let written = 0;
  let conflicts = 0;
  for (const fact of facts) {
    let entity = join(order, fact);
    while (entity && (await table.write(entity)) === 'changed') {
      conflicts += 1;
      if (conflicts > mostConflicts)
        throw new ContendedError(`the order was written ${conflicts} times meanwhile`);
      order = await table.readOrder(orderId);
      entity = join(order, fact);
    }
    if (entity) written += 1;
  }
  return { order: written > 0 ? await table.readOrder(orderId) : order, written };
}
