import type { Chance } from './chance.ts';
import { correctedSteps } from './corrections.ts';
import {
  type Course,
  courses,
  deficient,
  familyCourses,
  forwardingSteps,
  merchantCourses,
  refOf,
  refundedSteps,
} from './forwarding.ts';
import type { OpenedRma, PlacedOrder, SoldArticle } from './order.ts';
import { rmaItemPayload } from './payloads.ts';
import {
  arrived,
  authorized,
  type RmaStatus,
  type RmaWebhook,
  rmaWebhook,
  withoutItems,
} from './rma-webhook.ts';
import type { Scenario, SentDelivery, Step } from './scenario.ts';
import { badReasons } from './texts.ts';

/** The part of a scenario that is about one RMA. */
export type RmaScenario = Pick<Scenario, 'hint' | 'first' | 'branches'>;

/** The statuses that describe some items of an RMA, where it has several. */
const partial = ['received_on_item', 'approved_on_item', 'rejected_on_item'] as const;
const ends = ['received', 'approved', 'rejected', 'denied', 'closed', 'processed_closed'] as const;
/** The ends that a header alone can report for all items. */
const headerEnds = ['denied', 'closed', 'processed_closed'] as const;
const undocumented = 'awaiting_inspection';

const deliver = (deliveries: readonly SentDelivery[]): Step => ({ kind: 'deliver', deliveries });

export interface RmaWorld {
  readonly order: PlacedOrder;
  readonly rma: OpenedRma;
  /** Whether an article can be listed, by its texts, its order, its shipment and the number of items of its RMA. */
  readonly isListable: (article: SoldArticle) => boolean;
  /** Winkelstraat reports the shipment again, with the price and the address of a corrected order. */
  readonly reship: (order: PlacedOrder, nth: number, status?: string) => SentDelivery[];
  readonly chance: Chance;
}

export function rmaScenario(world: RmaWorld): RmaScenario {
  const { order, rma, chance } = world;
  const isStockHub = order.family === 'stock-hub';
  const rmaWith: RmaWebhook = rmaWebhook(order, rma);
  const opened = authorized(order, rma, chance);
  const all = (status: string, header = status): RmaStatus => ({
    status: header,
    items: opened.items.map((item) => ({ ...item, status })),
  });
  const opening = rmaWith(opened);
  const listable = opened.items
    .filter(({ article, approved }) => {
      const units = approved !== null && approved > 0 ? approved : article.requested;
      return units === 1 && approved !== 0 && world.isListable(article);
    })
    .map(({ article }) => article);
  const listed: Step[] = listable.map((article) => ({ kind: 'listed', item: refOf(article) }));
  const pending = rmaWith(all('pending'));
  const first = [...(chance.percent(25) ? [pending] : []), opening];
  const isSingle = rma.articles.length === 1;

  /** Any way to report that all items have ended. */
  const closing = (): SentDelivery[] => {
    if (!isStockHub && chance.percent(50)) {
      const webhook = chance.one(['push-api/v1/rma-item', 'push-api/v2/rma-item'] as const);
      return rma.articles.map((article) => ({
        ...{ webhook, payload: rmaItemPayload(order, article), copies: 1 },
      }));
    }
    if (chance.percent(15)) {
      return [withoutItems(rmaWith(all(chance.one(headerEnds))), chance.one([null, []]))];
    }
    if (isSingle && chance.percent(15)) return [arrived(rmaWith(opened))];
    if (isStockHub && chance.percent(30)) return [rmaWith({ ...opened, status: chance.one(headerEnds) })];
    const status = chance.one(isStockHub || isSingle ? ([...ends, ...partial] as const) : ends);
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
    const own = familyCourses[order.family];
    const possible: readonly Course[] = [
      ...courses.filter((course) => isStockHub || course !== 'memo reversed'),
      ...own.any,
      ...(isStockHub || isSingle ? merchantCourses : []),
      ...(isSingle ? own.single : []),
    ];
    const chosen = listable.map(
      (article) => [article, chance.one(possible as [Course, ...Course[]])] as const,
    );
    return {
      hint: chosen.map(([, course]) => course).join(', ') || 'nothing to forward',
      first,
      branches: chosen.map(([article, course]) =>
        forwardingSteps(order, article, course, merchantEnds(article)),
      ),
    };
  };
  const unknownStatus = (): RmaScenario => {
    const unknown = rmaWith(all(undocumented));
    if (chance.percent(50)) return { hint: 'unknown status', first: [unknown], branches: [] };
    return {
      hint: 'unknown status, then a known one',
      first: [unknown],
      branches: [[deliver([opening]), ...listed]],
    };
  };
  const unknownLater = (): RmaScenario => ({
    hint: 'unknown status once listed',
    first,
    branches: [[...listed, deliver([rmaWith(all(undocumented))])]],
  });
  /** A text rules it out, and stays although it is corrected, until a person releases it. */
  const released = (article: SoldArticle): RmaScenario => {
    const bad = { ...article, texts: { ...article.texts, reason: chance.one(badReasons).text } };
    const items = opened.items.map((item) => ({ ...item, article: bad }));
    const item = refOf(article);
    return {
      hint: 'ruled out, then released',
      first: [rmaWebhook(order, { ...rma, articles: [bad] })({ ...opened, items })],
      branches: [
        [
          { kind: 'known', item, state: 'NotForwardable' },
          deliver([opening]),
          { kind: 'release', item },
          { kind: 'listed', item },
        ],
      ],
    };
  };
  /** A push-api header that describes some of several items. */
  const inPart = (): RmaScenario => {
    const isCrossing = chance.percent(30);
    // Of two statuses of one rank the one counts that came last.
    const statuses = isCrossing ? partial : ([...partial, 'partially_authorized'] as const);
    const part =
      isStockHub || chance.percent(30) ? arrived(rmaWith(opened)) : rmaWith(all(chance.one(statuses)));
    return isCrossing
      ? { hint: 'opening and part cross', first: [...first, part], branches: [] }
      : { hint: 'in part once listed', first, branches: [[...listed, deliver([part])]] };
  };
  /** The header of several items is processed, and says nothing about one of them. */
  const processed = (): RmaScenario => ({
    hint: 'refunded, then the RMA is processed',
    first,
    branches: [
      [
        ...listed,
        ...listable.flatMap((article) => refundedSteps(refOf(article))),
        deliver([rmaWith(all('processed_closed'))]),
      ],
    ],
  });
  /** A later delivery of the RMA does not name its last item. */
  const missing = (): RmaScenario => ({
    hint: 'an item is missing later',
    first,
    branches: [[...listed, deliver([withoutLast(opening)])]],
  });
  const stopped = (): RmaScenario => ({
    hint: 'carrier problem once listed',
    first,
    branches: [[...listed, deliver(world.reship(order, 1, 'EXCEPTION'))]],
  });
  const undelivered = (article: SoldArticle): RmaScenario => ({
    hint: 'deficient once listed',
    first,
    branches: [[...listed, deficient(order, article)]],
  });
  const corrected = (article: SoldArticle): RmaScenario => {
    const report = (by: PlacedOrder, changed: OpenedRma, nth: number): SentDelivery[] => {
      const [now = article] = changed.articles;
      const items = opened.items.map((item) => ({ ...item, article: now }));
      return [...(isStockHub ? world.reship(by, nth) : []), rmaWebhook(by, changed)({ ...opened, items })];
    };
    const { hint, steps } = correctedSteps(order, article, report, chance);
    return { hint, first: [opening], branches: [steps] };
  };

  const [only] = listable;
  const isAlone = order.rmas.length === 1 && isSingle && only !== undefined;
  return chance.weighted<() => RmaScenario>([
    [5, () => ({ hint: 'pending', first: [pending], branches: [] })],
    [20, () => ({ hint: 'stays open', first, branches: [[...listed, again]] })],
    [5, () => ({ hint: 'over from the first', first: closing(), branches: [] })],
    [12, crossing],
    [18, () => ({ hint: 'over once listed', first, branches: [[...listed, deliver(closing()), again]] })],
    [35, forwarded],
    [5, unknownStatus],
    [listable.length > 0 ? 5 : 0, unknownLater],
    [isSingle ? 0 : 15, inPart],
    [isSingle || isStockHub || listable.length === 0 ? 0 : 15, processed],
    [isSingle || listable.length < 2 ? 0 : 10, missing],
    [isAlone && isStockHub ? 8 : 0, stopped],
    // A reason that is not sent takes none back.
    [isAlone && only.texts.reason ? 8 : 0, () => (only ? released(only) : forwarded())],
    [isAlone ? 15 : 0, () => (only ? corrected(only) : forwarded())],
    [isAlone && !isStockHub ? 6 : 0, () => (only ? undelivered(only) : forwarded())],
  ])();
}

const withoutLast = (delivery: SentDelivery): SentDelivery => ({
  ...delivery,
  payload: { ...delivery.payload, items: (delivery.payload.items as object[]).slice(0, -1) },
});
