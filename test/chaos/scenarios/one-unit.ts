import type { Chance } from './chance.ts';
import { type Course, forwardingSteps, memoFor, refOf, refundedSteps } from './forwarding.ts';
import { type PlacedOrder, plainOrder, type SoldArticle } from './order.ts';
import type { RmaScenario } from './rma-scenario.ts';
import { rmaWebhook } from './rma-webhook.ts';
import type { SentDelivery, Step } from './scenario.ts';

/** Two returns of one unit. Only one of them may be forwarded. */
export interface OneUnit extends RmaScenario {
  readonly order: PlacedOrder;
}

const authorized = (order: PlacedOrder, article: SoldArticle, status = 'authorized'): SentDelivery => {
  const items = [{ article, status, approved: null }];
  return rmaWebhook(order, { rmaId: article.rmaId, tracked: false, articles: [article] })({ status, items });
};

const deliver = (...deliveries: SentDelivery[]): Step => ({ kind: 'deliver', deliveries });

/** Two RMAs ask for the one unit that was sent. */
export function twoRmas(orderId: string, chance: Chance): OneUnit {
  const order = plainOrder(orderId, chance.one(['stock-hub', 'push-api']), 2, chance);
  const [one, other] = order.rmas.flatMap(({ articles }) => articles) as [SoldArticle, SoldArticle];
  const [opening, second] = [authorized(order, one), authorized(order, other)];
  if (chance.percent(40)) {
    return { order, hint: 'two RMAs for one unit cross', first: [opening, second], branches: [] };
  }
  const listed: Step = { kind: 'listed', item: refOf(one) };
  const course: Course = chance.one(['matched', 'labelled', 'shipped', 'completed', 'refunded']);
  const noEnd = (): Step => deliver();
  const [hint, steps] = chance.percent(70)
    ? [course, [...forwardingSteps(order, one, course, noEnd), deliver(second)]]
    : ['unclear memo', [listed, deliver(second), ...refundedSteps(refOf(one)), memoFor(order, one)]];
  return { order, hint: `two RMAs for one unit: ${hint}`, first: [opening], branches: [steps] };
}

/** Both families report one RMA. */
export function bothFamilies(orderId: string, chance: Chance): OneUnit {
  const order = plainOrder(orderId, 'stock-hub', 1, chance);
  const [article] = order.rmas.flatMap(({ articles }) => articles) as [SoldArticle];
  const ofPushApi = [
    { ...order, family: 'push-api' as const },
    { ...article, itemId: 'P1' },
  ] as const;
  const both = (status: string): SentDelivery[] => [
    authorized(order, article, status),
    authorized(...ofPushApi, status),
  ];
  const [one, other] = chance.shuffled(both('authorized')) as [SentDelivery, SentDelivery];
  if (chance.percent(40)) return { order, hint: 'both families cross', first: [one, other], branches: [] };
  const steps = [deliver(other), ...(chance.percent(40) ? [deliver(...both('denied'))] : [])];
  return { order, hint: 'both families, one after the other', first: [one], branches: [steps] };
}
