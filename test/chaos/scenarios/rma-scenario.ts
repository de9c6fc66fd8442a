import type { Chance } from './chance.ts';
import { type Course, courses, forwardingSteps, merchantCourses } from './forwarding.ts';
import type { OpenedRma, PlacedOrder, SoldArticle } from './order.ts';
import { pushApiRmaPayload, rmaItemPayload, type StockHubStatus, stockHubRmaPayload } from './payloads.ts';
import type { ItemRef, Payload, Scenario, SentDelivery, Step } from './scenario.ts';

/** The part of a scenario that is about one RMA. */
export type RmaScenario = Omit<Scenario, 'orderId'>;

const ends = [
  ...(['received', 'received_on_item', 'approved', 'approved_on_item', 'rejected'] as const),
  ...(['rejected_on_item', 'denied', 'closed', 'processed_closed'] as const),
] as const;
/** The ends that a header alone can report for all items. */
const headerEnds = ['denied', 'closed', 'processed_closed'] as const;

const once = (webhook: SentDelivery['webhook'], payload: Payload): SentDelivery => ({
  webhook,
  payload,
  copies: 1,
});

const deliver = (deliveries: readonly SentDelivery[]): Step => ({ kind: 'deliver', deliveries });

const refOf = ({ rmaId, itemId }: SoldArticle): ItemRef => ({ rmaId, itemId });

/** @param isListable whether an article can be listed, by its texts, its order and its shipment */
export function rmaScenario(
  order: PlacedOrder,
  rma: OpenedRma,
  isListable: (article: SoldArticle) => boolean,
  chance: Chance,
): RmaScenario {
  const isStockHub = order.family === 'stock-hub';
  const webhook = isStockHub ? 'stock-hub/v1/rma' : 'push-api/v2/rma';
  const opened = isStockHub ? openedByStockHub(rma, chance) : openedByPushApi(rma);
  const rmaWith = ({ status, items }: StockHubStatus): SentDelivery =>
    once(
      webhook,
      isStockHub ? stockHubRmaPayload(order, rma, { status, items }) : pushApiRmaPayload(order, rma, status),
    );
  const all = (status: string, header = status): StockHubStatus => ({
    status: header,
    items: opened.items.map((item) => ({ ...item, status })),
  });
  const opening = rmaWith(opened);
  const listable = opened.items
    .filter(({ article, status, approved }) => {
      const isClear = status === 'authorized' || article.requested === 1 || approved !== null;
      return isClear && isListable(article);
    })
    .map(({ article }) => article);
  const listed: Step[] = listable.map((article) => ({ kind: 'listed', item: refOf(article) }));
  const pending = rmaWith(all('pending'));
  const first = [...(chance.percent(25) ? [pending] : []), opening];

  /** Any way to report that all items have ended. */
  const closing = (): SentDelivery[] => {
    if (!isStockHub && chance.percent(50)) {
      return rma.articles.map((article) => once('push-api/v1/rma-item', rmaItemPayload(order, article)));
    }
    if (isStockHub && chance.percent(30)) return [rmaWith({ ...opened, status: chance.one(headerEnds) })];
    const status = chance.one(ends);
    return [rmaWith(all(status, isStockHub ? 'authorized' : status))];
  };
  /** The first delivery comes once more, long after, and changes nothing. */
  const again = deliver([opening]);

  const crossing = (): RmaScenario => {
    const hint = 'opening and end cross';
    return chance.percent(50)
      ? { hint, first: [...first, ...closing()], branches: [] }
      : { hint, first, branches: [[deliver(closing())]] };
  };
  const forwarded = (): RmaScenario => {
    const merchantEnds =
      (article: SoldArticle) =>
      (status: string): Step => {
        const items = opened.items.map((item) => (item.article === article ? { ...item, status } : item));
        return deliver([rmaWith(isStockHub ? { ...opened, items } : all(status))]);
      };
    // A push-api RMA has one status for all its items, so the merchant's last word is about each of them.
    const isPerItem = isStockHub || rma.articles.length === 1;
    const possible = courses.filter((course) => isPerItem || !merchantCourses.has(course));
    const chosen = listable.map(
      (article) => [article, chance.one(possible as [Course, ...Course[]])] as const,
    );
    return {
      hint: chosen.map(([, course]) => course).join(', ') || 'nothing to forward',
      first,
      branches: chosen.map(([article, course]) =>
        forwardingSteps(refOf(article), course, merchantEnds(article)),
      ),
    };
  };

  return chance.weighted<() => RmaScenario>([
    [5, () => ({ hint: 'pending', first: [pending], branches: [] })],
    [28, () => ({ hint: 'stays open', first, branches: [[...listed, again]] })],
    [5, () => ({ hint: 'over from the first', first: closing(), branches: [] })],
    [12, crossing],
    [20, () => ({ hint: 'over once listed', first, branches: [[...listed, deliver(closing()), again]] })],
    [30, forwarded],
  ])();
}

const openedByPushApi = ({ articles }: OpenedRma): StockHubStatus => ({
  status: 'authorized',
  items: articles.map((article) => ({ article, status: 'authorized', approved: null })),
});

/** An item is authorized, or in part. Now and then the header reports something that does not concern the items. */
function openedByStockHub({ articles }: OpenedRma, chance: Chance): StockHubStatus {
  const items = articles.map((article) => {
    const isPartly = chance.percent(12);
    const approved = isPartly && chance.percent(60) ? 1 : null;
    return { article, status: isPartly ? 'partially_authorized' : 'authorized', approved };
  });
  return { status: chance.percent(6) ? 'received' : 'authorized', items };
}
