import type { Chance } from './chance.ts';
import { type Journey, journeys, travel } from './forwarding.ts';
import type { Act, Delivery, ItemRef, Payload } from './history.ts';
import type { Article, Order, Rma } from './order.ts';
import { pushApiRma, rmaItem, type StockHubTelling, stockHubRma } from './payloads.ts';

/** What becomes of one RMA. */
export interface RmaLife {
  readonly hint: string;
  readonly first: readonly Delivery[];
  readonly branches: readonly (readonly Act[])[];
}

const ends = [
  ...(['received', 'received_on_item', 'approved', 'approved_on_item', 'rejected'] as const),
  ...(['rejected_on_item', 'denied', 'closed', 'processed_closed'] as const),
] as const;
/** What a header alone can say for all items. */
const headerEnds = ['denied', 'closed', 'processed_closed'] as const;

const once = (webhook: Delivery['webhook'], payload: Payload, copies = 1): Delivery => ({
  webhook,
  payload,
  copies,
});

/** @param listable which articles nothing keeps from being listed. */
export function rmaLife(
  order: Order,
  rma: Rma,
  listable: (article: Article) => boolean,
  chance: Chance,
): RmaLife {
  const isStockHub = order.family === 'stock-hub';
  const webhook = isStockHub ? 'stock-hub/v1/rma' : 'push-api/v2/rma';
  const opened = isStockHub
    ? openedByStockHub(rma, chance)
    : {
        status: 'authorized',
        items: rma.articles.map((article) => ({ article, status: 'authorized', approved: null })),
      };
  const tell = ({ status, items }: StockHubTelling): Payload =>
    isStockHub ? stockHubRma(order, rma, { status, items }) : pushApiRma(order, rma, status);
  const all = (status: string, header = status): StockHubTelling => ({
    status: header,
    items: opened.items.map((item) => ({ ...item, status })),
  });
  const opening = once(webhook, tell(opened));
  const forwarded = opened.items
    .filter(({ article, status, approved }) => {
      const isClear = status === 'authorized' || article.requested === 1 || approved !== null;
      return isClear && listable(article);
    })
    .map(({ article }) => article);
  const wait: Act[] = forwarded.map((item) => ({ kind: 'listed', item: refOf(item) }));
  const pending = once(webhook, tell(all('pending')));
  const earlier = chance.percent(25) ? [pending] : [];

  /** Any way to say that all of it is over. */
  const closing = (): Delivery[] => {
    if (!isStockHub && chance.percent(50)) {
      return rma.articles.map((article) => once('push-api/v1/rma-item', rmaItem(order, article)));
    }
    if (isStockHub && chance.percent(30)) {
      return [once(webhook, tell({ ...opened, status: chance.one(headerEnds) }))];
    }
    const status = chance.one(ends);
    return [once(webhook, tell(all(status, isStockHub ? 'authorized' : status)))];
  };
  /** What was sent long ago comes once more, and changes nothing. */
  const again: Act = { kind: 'deliver', deliveries: [opening] };

  const kind = chance.weighted<() => RmaLife>([
    [5, () => ({ hint: 'pending', first: [pending], branches: [] })],
    [28, () => ({ hint: 'stays open', first: [...earlier, opening], branches: [[...wait, again]] })],
    [5, () => ({ hint: 'over from the first', first: closing(), branches: [] })],
    [
      12,
      () =>
        chance.percent(50)
          ? { hint: 'opening and end cross', first: [...earlier, opening, ...closing()], branches: [] }
          : {
              hint: 'opening and end cross',
              first: [...earlier, opening],
              branches: [[{ kind: 'deliver', deliveries: closing() }]],
            },
    ],
    [
      20,
      () => ({
        hint: 'over once listed',
        first: [...earlier, opening],
        branches: [[...wait, { kind: 'deliver', deliveries: closing() }, again]],
      }),
    ],
    [30, () => forwardedLife()],
  ]);
  return kind();

  function forwardedLife(): RmaLife {
    const merchantSays =
      (articles: readonly Article[]) =>
      (status: string): Act => {
        const items = opened.items.map((item) =>
          articles.includes(item.article) ? { ...item, status } : item,
        );
        return {
          kind: 'deliver',
          deliveries: [once(webhook, tell(isStockHub ? { ...opened, items } : all(status)))],
        };
      };
    // A push-api RMA has one status for all its items: what the merchant says at last is about each of them.
    const isApart = isStockHub || rma.articles.length === 1;
    const possible = journeys.filter((journey) => isApart || !merchantEnds.has(journey));
    const chosen = forwarded.map(
      (article) => [article, chance.one(possible as [Journey, ...Journey[]])] as const,
    );
    return {
      hint: chosen.map(([, journey]) => journey).join(', ') || 'nothing to forward',
      first: [...earlier, opening],
      branches: chosen.map(([article, journey]) => travel(refOf(article), journey, merchantSays([article]))),
    };
  }
}

/** The journeys that end with what the merchant says. */
const merchantEnds: ReadonlySet<Journey> = new Set(['settled', 'denied with a buyer']);

const refOf = ({ rmaId, itemId }: Article): ItemRef => ({ rmaId, itemId });

/** An item is authorized, or in part; and now and then the header says something that is not the items' affair. */
function openedByStockHub({ articles }: Rma, chance: Chance): StockHubTelling {
  const items = articles.map((article) => {
    const isPartly = chance.percent(12);
    const approved = isPartly && chance.percent(60) ? 1 : null;
    return { article, status: isPartly ? 'partially_authorized' : 'authorized', approved };
  });
  return { status: chance.percent(6) ? 'received' : 'authorized', items };
}
