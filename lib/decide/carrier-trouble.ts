import { articleOf } from '../returns/article.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { ReturnItem, ReturnState } from '../returns/return-item.ts';
import type { Decision } from './decision.ts';

/** From here on nobody waits for the article any more, or it has reached somebody. */
const ended: ReadonlySet<ReturnState> = new Set([
  'NotForwardable',
  'Completed',
  'Settled',
  'Unmatched',
  'Cancelled',
  'DeadlinePassed',
  'Closed',
]);

/**
 * A shipment of the same article that the carrier reports a problem with (EXCEPTION) needs a human while the return goes
 * on. What the decision itself asks for comes first: an item asks one thing at a time.
 */
export function withCarrierTrouble(order: OrderSnapshot, item: ReturnItem, decision: Decision): Decision {
  if (decision.attention || decision.action.kind === 'wait' || ended.has(decision.state)) return decision;
  const sku = articleOf(order, item)?.sku;
  const troubled = order.shipments.find(
    ({ status, items }) => status === 'EXCEPTION' && items.some((line) => line.sku === sku),
  );
  if (!troubled) return decision;
  const attention =
    `The carrier reports a problem with shipment ${troubled.shipmentId}: ask the carrier where the article is, and ` +
    'close the return at Winkelstraat when it can not be sent on.';
  return { ...decision, attention };
}
