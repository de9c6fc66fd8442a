import { articleOf } from '../returns/article.ts';
import { readCustomer } from '../returns/customer.ts';
import {
  productIdOf,
  type RegularReturnRequest,
  regularReturnFingerprint,
  webshopOrderIdOf,
} from '../returns/listing-request.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { blockedByRefusal, type Decision, type DecisionContext, unchanged } from './decision.ts';

/**
 * Policy `regularReturns`: what can't be forwarded becomes a regular return at IGF, once. While its sender is not known
 * there is nothing to ask for yet.
 * @param decision what is decided about the item without it.
 */
export function asRegularReturn(
  order: OrderSnapshot,
  item: ReturnItem,
  decision: Decision,
  { policy, attempt }: DecisionContext,
): Decision {
  const { regularReturn, pendingCall } = item;
  if (regularReturn?.id !== undefined) return unchanged(item);
  // A call of unknown outcome may have made it, whatever is said of the article by now.
  const checkFirst = pendingCall?.operation === 'regular-return';
  const wanted = decision.state === 'NotForwardable' && decision.action.kind === 'none' && !pendingCall;
  if (!checkFirst && (policy.regularReturns === 'off' || !wanted)) return decision;

  const article = articleOf(order, item);
  const reading = article && readCustomer(article.address);
  if (!reading || !('customer' in reading)) return decision;
  const request: RegularReturnRequest = {
    webshopOrderId: webshopOrderIdOf(item, article, policy),
    products: [{ sku: article.sku, productId: productIdOf(article, policy), quantity: article.quantity }],
    customer: reading.customer,
  };
  const held = blockedByRefusal(item, regularReturnFingerprint(request), attempt);
  if (held) return held;
  const unclear = 'Whether IGF made a regular return of it is being found out.';
  const why = decision.state === 'NotForwardable' ? decision.why : unclear;
  return {
    ...decision,
    state: 'NotForwardable',
    why,
    action: { kind: 'regular-return', request, checkFirst },
  };
}
