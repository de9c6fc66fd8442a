import type { PlacedOrder, SoldArticle } from './order.ts';
import { memoPayload, orderItemPayload, rmaItemPayload } from './payloads.ts';
import type { IgfEvent, ItemRef, SentDelivery, Step } from './scenario.ts';
import { toBuyer } from './shipments.ts';

/** How far a listing gets at IGF. Some courses end with a webhook of Winkelstraat. */
export const courses = [
  'matched',
  'labelled',
  'shipped',
  'completed',
  'refunded',
  'cancelled by the customer',
  'cancelled by the customer with a buyer',
  'deadline passed',
  'lost by the carrier',
  'paid by memo',
  'paid by an early memo',
  'memo reversed',
  'paid by a person',
  'served twice',
] as const;
export type Course = (typeof courses)[number] | MerchantCourse | FamilyCourse;

/** The courses with an RMA of the merchant about this item. */
export const merchantCourses = [
  'settled',
  'denied with a buyer',
  'received underway',
  'received underway, and looked at',
  'approved early',
  'denied while due',
  'closed while due',
] as const;
type MerchantCourse = (typeof merchantCourses)[number];

/** The courses with a webhook that one family alone sends. The second list is for an RMA with one item. */
export const familyCourses = {
  'stock-hub': { any: ['memo with another amount'], single: [] },
  'push-api': {
    any: ['paid by the platform'],
    single: ['settled by rma-item', 'rma-item without a refund'],
  },
} as const;
type FamilyCourse =
  | 'memo with another amount'
  | 'paid by the platform'
  | 'settled by rma-item'
  | 'rma-item without a refund';

const sent = (webhook: SentDelivery['webhook'], payload: SentDelivery['payload']): Step => ({
  kind: 'deliver',
  deliveries: [{ webhook, payload, copies: 1 }],
});

/** The credit memo of either family that pays for an article. */
export const memoFor = (order: PlacedOrder, article: SoldArticle): Step =>
  order.family === 'stock-hub'
    ? sent('stock-hub/v1/creditmemo', memoPayload(order, article, { id: '1' }))
    : sent('push-api/v2/order-item', orderItemPayload(order, article, 'NONE'));

/** Winkelstraat credits an article that never reached the customer. */
export const deficient = (order: PlacedOrder, article: SoldArticle): Step =>
  sent('push-api/v1/order-item', orderItemPayload(order, article, 'DEFICIENT'));

export const refOf = ({ rmaId, itemId }: SoldArticle): ItemRef => ({ rmaId, itemId });

/** Somebody buys the article, gets it, and IGF announces the refund. */
export function refundedSteps(item: ItemRef): Step[] {
  const event = (eventType: IgfEvent): Step => ({ kind: 'event', item, eventType });
  const buy: Step = { kind: 'buy', item, webshopOrderId: `WEB-${item.rmaId}-${item.itemId}` };
  const known: Step = { kind: 'known', item, state: 'Completed', refundDue: true };
  return [buy, event('LABELED'), event('SHIPPED'), event('COMPLETED'), event('REFUND'), known];
}

/** The steps of a course, once IGF has the listing. `merchantEnds` delivers the RMA with which the merchant ends it. */
export function forwardingSteps(
  order: PlacedOrder,
  article: SoldArticle,
  course: Course,
  merchantEnds: (status: string) => Step,
): Step[] {
  const item = refOf(article);
  const event = (eventType: IgfEvent): Step => ({ kind: 'event', item, eventType });
  const [buy, ...rest] = refundedSteps(item) as [Step, ...Step[]];
  const shipped = [buy, event('LABELED'), event('SHIPPED')];
  const arrived = [event('COMPLETED'), event('REFUND')];
  const due = [buy, ...rest];
  const memo = memoFor(order, article);
  const stockHubMemo = (id: string, more: { total?: number; reversal?: boolean }): Step =>
    sent('stock-hub/v1/creditmemo', memoPayload(order, article, { id, ...more }));
  const isSettled: Step = { kind: 'known', item, state: 'Settled' };
  const rmaItem = (resolution: string): Step =>
    sent('push-api/v2/rma-item', rmaItemPayload(order, article, resolution));
  const received = [...shipped, { kind: 'known', item, state: 'Shipped' } as const, merchantEnds('received')];
  const done = (asked: string): Step => ({ kind: 'done', item, asked });
  const twice = buy.kind === 'buy' ? toBuyer(order, article, buy.webshopOrderId) : [];
  const steps: Record<Course, readonly Step[]> = {
    matched: [buy],
    labelled: [buy, event('LABELED')],
    shipped,
    completed: [...shipped, event('COMPLETED')],
    refunded: [...shipped, ...arrived],
    'cancelled by the customer': [event('RETURN_CANCELED')],
    'cancelled by the customer with a buyer': [
      buy,
      { kind: 'known', item, state: 'Matched' },
      event('RETURN_CANCELED'),
    ],
    'deadline passed': [buy, event('RETURN_DEADLINE_PASSED')],
    'lost by the carrier': [...shipped, { kind: 'lose', item }],
    'paid by memo': [...due, memo],
    'paid by an early memo': [...shipped, memo, ...arrived],
    'memo reversed': [...due, memo, isSettled, stockHubMemo('2', { reversal: true })],
    settled: [...due, merchantEnds('processed_closed')],
    'denied with a buyer': [buy, merchantEnds('denied')],
    'received underway': received,
    'received underway, and looked at': [...received, done('check what arrived')],
    'paid by a person': [...due, done('Refund due')],
    'served twice': [buy, { kind: 'known', item, state: 'Matched' }, { kind: 'deliver', deliveries: twice }],
    'approved early': [
      ...shipped,
      { kind: 'known', item, state: 'Shipped' },
      merchantEnds('approved'),
      ...arrived,
    ],
    'denied while due': [...due, merchantEnds('denied')],
    'closed while due': [...due, merchantEnds('closed')],
    'memo with another amount': [...due, stockHubMemo('1', { total: article.price + 1 })],
    'paid by the platform': [
      ...due,
      sent('push-api/v1/order-item', orderItemPayload(order, article, 'FUNDED_BY_PLATFORM')),
    ],
    'settled by rma-item': [...due, rmaItem('Terugbetalen')],
    'rma-item without a refund': [...due, rmaItem('Ruilen')],
  };
  return [{ kind: 'listed', item }, ...steps[course]];
}
