import type { Policy } from '../config/policy.ts';
import type { OrderFact } from '../facts/facts.ts';
import {
  mergeCreditMemo,
  mergeReturn,
  mergeRma,
  mergeSalesOrder,
  mergeShipment,
  mergeTrack,
} from '../returns/merge.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { BridgeTable } from '../table/bridge-table.ts';
import { type Entity, entityKey } from '../table/entity.ts';
import { type Key, keys } from '../table/keys.ts';
import { updateOrder } from '../table/optimistic-update.ts';
import { entitiesIn } from '../table/retention.ts';

/** The entities of an order by their sort keys in the table. A webhook may name thousands. */
type Known = Map<string, Entity>;

const knownIn = (order: OrderSnapshot): Known => {
  const memos = order.creditMemos.map((content) => ({ kind: 'credit-memo' as const, content }));
  return new Map([...entitiesIn(order), ...memos].map((entity) => [entityKey(entity).sk, entity]));
};

/** The entity of a fact, with the stored content itself when the fact is known already; none when it has no entity. */
function merged(known: Known, fact: OrderFact): Entity | undefined {
  // A sort key says what kind of content its entity has.
  const stored = <Content extends Entity['content']>({ sk }: Key) =>
    known.get(sk)?.content as Content | undefined;
  switch (fact.kind) {
    case 'sales-order':
      return { kind: fact.kind, content: mergeSalesOrder(stored(keys.salesOrder(fact.orderId)), fact) };
    case 'credit-memo':
      return { kind: fact.kind, content: mergeCreditMemo(stored(keys.creditMemo(fact)), fact) };
    case 'shipment':
      return { kind: fact.kind, content: mergeShipment(stored(keys.shipment(fact)), fact) };
    case 'track':
      return { kind: 'shipment', content: mergeTrack(stored(keys.shipment(fact)), fact) };
    case 'rma': {
      const { kind, rmaId, family } = fact;
      // Both families may report an RMA of one number. Each then has a header, and says which one came second.
      const rmas = [...known.values()].flatMap((entity) => (entity.kind === kind ? [entity.content] : []));
      const numbered = rmas.filter((rma) => rma.rmaId === rmaId);
      const own = numbered.find((rma) => (rma.family ?? family) === family);
      if (own || numbered.length === 0) return { kind, content: mergeRma(own, fact) };
      return { kind, content: { ...mergeRma(undefined, fact), second: true } };
    }
    case 'opening':
    case 'closing': {
      const item = stored<ReturnItem>(keys.return(fact));
      // Both families may report one item by one id. The family that came first has it.
      const isOther = item !== undefined && item.family !== fact.family;
      return { kind: 'return', content: isOther ? item : mergeReturn(item, fact) };
    }
    case 'no-change':
      return undefined;
  }
}

/**
 * The entities that facts change, each once. A webhook may name one item several times, with contradicting fields. The
 * last one counts, also when others write the order meanwhile.
 */
export function mergeFacts(order: OrderSnapshot, facts: readonly OrderFact[]): Entity[] {
  const known = knownIn(order);
  const changed: Known = new Map();
  for (const fact of facts) {
    const entity = merged(known, fact);
    if (!entity) continue;
    const { sk } = entityKey(entity);
    if (known.get(sk)?.content === entity.content) continue;
    known.set(sk, entity);
    changed.set(sk, entity);
  }
  return [...changed.values()];
}

/** The order with these entities in it. */
function orderWith(order: OrderSnapshot, entities: readonly Entity[]): OrderSnapshot {
  const all = knownIn(order);
  for (const entity of entities) all.set(entityKey(entity).sk, entity);
  const of = <Kind extends Entity['kind']>(kind: Kind) =>
    [...all.values()].flatMap((entity) =>
      entity.kind === kind ? [entity.content as Extract<Entity, { kind: Kind }>['content']] : [],
    );
  const [salesOrder] = of('sales-order');
  return {
    ...order,
    ...(salesOrder && { salesOrder }),
    ...{ shipments: of('shipment'), rmas: of('rma'), returns: of('return'), creditMemos: of('credit-memo') },
  };
}

/** What recording needs. */
export interface RecordDependencies {
  table: BridgeTable;
  /** Milliseconds since the epoch. */
  now: () => number;
  policy: Pick<Policy, 'webshopOrderId'>;
}

/** Gives a return, as it is about to be written into its order, with the decision that will follow. */
export type WithDecision = (order: OrderSnapshot, item: ReturnItem) => Promise<ReturnItem>;

/**
 * Records the facts of a webhook. Known ones cost no write.
 * @param withDecision for a return that is written last: all that it is decided from is stored then
 * @returns the order as read after the last write, and how many entities were written
 * @throws ContendedError
 */
export const recordFacts = (
  orderId: string,
  facts: readonly OrderFact[],
  table: BridgeTable,
  withDecision: WithDecision = async (_order, item) => item,
): Promise<{ order: OrderSnapshot; written: number }> =>
  updateOrder(
    orderId,
    async (order) => {
      const changed = mergeFacts(order, facts);
      const last = changed.at(-1);
      if (last?.kind !== 'return') return changed;
      const content = await withDecision(orderWith(order, changed), last.content);
      return [...changed.slice(0, -1), { ...last, content }];
    },
    table,
  );
