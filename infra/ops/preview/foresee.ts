import type { Decision } from '../../../lib/decide/decision.ts';
import type { OrderFact } from '../../../lib/facts/facts.ts';
import type { IgfFact } from '../../../lib/facts/igf-facts.ts';
import { isSameReturn } from '../../../lib/returns/order.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { decideWithMappings } from '../../../lib/worker/advance.ts';
import type { Delivery } from '../../../lib/worker/process.ts';
import type { Foresight } from './foresight.ts';
import { type NextCall, nextCalls } from './next-calls.ts';
import { storiesOfIgf, storiesOfOrder } from './told-stories.ts';

/** What would follow for one return. */
export interface ForeseenReturn {
  /** As the table has it now; absent when the message tells of it for the first time. */
  readonly before: ReturnItem | undefined;
  /** As it would be decided about. */
  readonly item: ReturnItem;
  readonly decision: Decision;
  readonly calls: readonly NextCall[];
}

/** What would follow if a message was worked on now. */
export interface Foreseen {
  readonly returns: readonly ForeseenReturn[];
  /** An event of IGF's whose return is not known: what IGF is asked to find it, if it can be asked anything. */
  readonly search?: readonly NextCall[];
  /** A shipment is matched with listings (policy `matchShipments`), which no preview does. */
  readonly matching: boolean;
}

/** Later than everything that the table knows: what is sent now is newer than the refusal that parked it. */
const justSent = '9999-12-31T23:59:59.999Z';

/**
 * What would follow if this message was put on its queue and worked on now: the stories as they would be with what it
 * tells, and the decision of the worker's own `decide` about each of their returns.
 * @param now ISO 8601 UTC, as the worker's clock has it
 */
export async function foresee(
  { envelope, facts, orderId: told }: Delivery,
  foresight: Foresight,
  now: string,
): Promise<Foreseen> {
  const aboutOrder = facts.filter((fact): fact is OrderFact => fact.kind !== 'igf');
  const aboutIgf = facts.filter((fact): fact is IgfFact => fact.kind === 'igf');
  const orderId = told ?? aboutOrder[0]?.orderId;
  const { orders, search } =
    orderId === undefined
      ? await storiesOfIgf(aboutIgf, foresight, now)
      : { orders: await storiesOfOrder(orderId, aboutOrder, foresight, now), search: [] };

  const retailer = await foresight.readRetailer();
  const { policy, corrections } = foresight;
  const attempt = { eventId: envelope.id, enqueuedAt: justSent };
  const returns: ForeseenReturn[] = [];
  for (const { before, after } of orders) {
    for (const item of after.returns) {
      const decision = await decideWithMappings(after, item, { policy, retailer, now, attempt }, foresight);
      const calls = nextCalls(item, decision, corrections);
      returns.push({
        before: before.returns.find((other) => isSameReturn(item, other)),
        item,
        decision,
        calls,
      });
    }
  }
  const concernsMatch =
    aboutOrder.some(({ kind }) => kind === 'shipment') || returns.some(({ item }) => item.state === 'Listed');
  return {
    returns,
    ...(search.length > 0 || (orderId === undefined && orders.length === 0) ? { search } : {}),
    matching: policy.matchShipments !== 'off' && concernsMatch,
  };
}
