import {
  type ItemRef,
  nameOf,
  type Scenario,
  type SentDelivery,
  type Settings,
  type Step,
} from '../scenarios/scenario.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** When something was sent, as far as the scenario determines it. */
export interface When {
  /** 0 for what was sent first, in any order, and then the place in its branch. */
  readonly at: number;
  /** IGF had the listing. */
  readonly whenListed: boolean;
  /** What had happened to the listing at IGF, such as `buy` and `SHIPPED`. */
  readonly after: readonly string[];
}

/** What an RMA reported about the item. */
export interface RmaReport extends When {
  /** The item's own status; push-api has none. */
  readonly own: string | undefined;
  /** The RMA as a whole. */
  readonly header: Fields;
  /** The item. */
  readonly fields: Fields;
  /** It names the item. A header that ends the whole RMA needs no items. */
  readonly isNamed: boolean;
}

/** A webhook about the order of the item, or its `rma-item`. */
export interface Sent extends When {
  readonly fields: Fields;
}

/** One return item with everything that was sent about it and its order. */
export interface ReturnInputs {
  readonly orderId: string;
  readonly item: ItemRef;
  readonly sku: string;
  readonly family: 'stock-hub' | 'push-api';
  readonly settings: Settings;
  /** The number of items of its RMA. */
  readonly itemCount: number;
  readonly reports: readonly RmaReport[];
  /** Every `rma-item`: it reports the item received or closed. */
  readonly closings: readonly Sent[];
  readonly shipments: readonly Sent[];
  /** The order as it was placed. */
  readonly orders: readonly Sent[];
  /** Lines of credit memos about the article, of both families. */
  readonly memos: readonly Sent[];
  /** What happened to its listing at IGF, and what a person did (`done`), in order. */
  readonly atIgf: readonly string[];
  /** The warehouse sent the article to its buyer, too. */
  readonly servedTwice: boolean;
  /** When a person let it go on although a text had ruled it out. */
  readonly releasedAt: number | undefined;
  /** The order's other returns of the same article. */
  readonly rivals: readonly string[];
}

const list = (fields: Fields): Fields[] => (fields.items ?? []) as Fields[];
const inside = (fields: Fields, name: string): Fields => fields[name] as Fields;

const eventOf = (step: Step): string[] =>
  step.kind === 'event'
    ? [step.eventType]
    : step.kind === 'buy' || step.kind === 'lose' || step.kind === 'done'
      ? [step.kind]
      : [];

interface Timed extends SentDelivery {
  readonly at: number;
  /** The steps before it in its branch. */
  readonly before: readonly Step[];
}

function deliveriesOf({ first, branches }: Scenario): Timed[] {
  const inBranches = branches.flatMap((steps) =>
    steps.flatMap((step, index) =>
      step.kind === 'deliver'
        ? step.deliveries.map((delivery) => ({ ...delivery, at: index + 1, before: steps.slice(0, index) }))
        : [],
    ),
  );
  return [...first.map((delivery) => ({ ...delivery, at: 0, before: [] })), ...inBranches];
}

const isOf =
  (name: string) =>
  (step: Step): boolean =>
    'item' in step && nameOf(step.item) === name;

function whenOf({ at, before }: Timed, name: string): When {
  const own = before.filter(isOf(name));
  return { at, whenListed: own.some(({ kind }) => kind === 'listed'), after: own.flatMap(eventOf) };
}

const isRmaOf = ({ webhook, payload }: SentDelivery, family: string, rmaId: string): boolean =>
  webhook.startsWith(family) &&
  webhook.endsWith('/rma') &&
  (payload.increment_id ?? payload.rma_id) === rmaId;

/** The items of a delivery about an RMA. */
function itemsOf({ webhook, payload }: SentDelivery): { rmaId: string; fields: Fields; itemId: string }[] {
  if (webhook === 'stock-hub/v1/rma') {
    const rmaId = String(payload.increment_id);
    return list(payload).map((fields) => ({ rmaId, fields, itemId: String(fields.id) }));
  }
  if (webhook === 'push-api/v2/rma') {
    const rmaId = String(payload.rma_id);
    return list(payload).map((fields) => ({ rmaId, fields, itemId: String(fields.rma_item_id) }));
  }
  if (!webhook.endsWith('/rma-item')) return [];
  const fields = inside(payload, 'rma_item');
  return [{ rmaId: String(inside(payload, 'rma').rma_id), fields, itemId: String(fields.rma_item_id) }];
}

/** Everything that a scenario sends, by return item. */
export function inputsOf(scenario: Scenario): ReturnInputs[] {
  const { orderId, settings, branches } = scenario;
  const all = deliveriesOf(scenario);
  const deliveries = all.filter((delivery) => delivery.orderId === undefined);
  const buyers = new Set(all.map((delivery) => delivery.orderId));
  const told = deliveries.flatMap((delivery) =>
    itemsOf(delivery).map(({ rmaId, itemId, fields }) => {
      const family: ReturnInputs['family'] = delivery.webhook.startsWith('stock-hub')
        ? 'stock-hub'
        : 'push-api';
      return { delivery, family, fields, item: { rmaId, itemId }, name: nameOf({ rmaId, itemId }) };
    }),
  );
  const returns = [...new Map(told.map((each) => [each.name, each])).values()];
  return returns.map(({ name, item, family, fields: { sku } }) => {
    const own = told.filter((each) => each.name === name);
    const ofOrder = (webhooks: RegExp): Sent[] =>
      deliveries
        .filter(({ webhook }) => webhooks.test(webhook))
        .map((delivery) => ({ ...whenOf(delivery, name), fields: delivery.payload }));
    const unnamed = deliveries
      .filter((each) => isRmaOf(each, family, item.rmaId))
      .filter((delivery) => !own.some((each) => each.delivery === delivery))
      .map((delivery) => ({ delivery, fields: {} as Fields }));
    const reported = [...own, ...unnamed].map(({ delivery, fields }) => ({
      ...whenOf(delivery, name),
      fields,
      delivery,
    }));
    return {
      ...{ orderId, item, family, settings, sku: String(sku) },
      itemCount: returns.filter((other) => other.item.rmaId === item.rmaId && other.family === family).length,
      reports: reported
        .filter(({ delivery }) => delivery.webhook.endsWith('/rma'))
        .map(({ delivery, ...report }) => ({
          ...report,
          header: delivery.payload,
          isNamed: report.fields.sku !== undefined,
          own:
            family === 'stock-hub' && report.fields.sku !== undefined
              ? String(report.fields.status)
              : undefined,
        })),
      closings: reported
        .filter(({ delivery }) => delivery.webhook.endsWith('/rma-item'))
        .map(({ delivery, ...report }) => report),
      shipments: ofOrder(/\/shipment$/),
      orders: ofOrder(/\/order$/),
      memos: ofOrder(/\/(creditmemo|order-item)$/).filter((memo) => linesOf(memo.fields).includes(sku)),
      atIgf: branches.flatMap((steps) => steps.filter(isOf(name)).flatMap(eventOf)),
      servedTwice: branches
        .flat()
        .some((step) => step.kind === 'buy' && isOf(name)(step) && buyers.has(step.webshopOrderId)),
      releasedAt: branches
        .map((steps) => steps.findIndex((step) => step.kind === 'release' && isOf(name)(step)) + 1)
        .find((at) => at > 0),
      rivals: returns
        .filter((other) => other.fields.sku === sku && other.name !== name)
        .map((other) => other.name),
    };
  });
}

/** The articles of a credit memo of either family. */
const linesOf = (memo: Fields): unknown[] =>
  memo.order_item ? [inside(memo, 'order_item').sku] : list(memo).map((line) => line.sku);
