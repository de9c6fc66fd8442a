import { type Chance, chanceOf } from './chance.ts';
import { bothFamilies, type OneUnit, twoRmas } from './one-unit.ts';
import { type PlacedOrder, randomOrder, type SoldArticle } from './order.ts';
import { type RmaScenario, rmaScenario } from './rma-scenario.ts';
import {
  defaultSettings,
  deliveriesOf,
  type Scenario,
  type SentDelivery,
  type Settings,
  type Step,
} from './scenario.ts';
import { besides, isStopped, ownShipments, placed, reshipped, shipments } from './shipments.ts';

/** Scenarios with at least `webhooks` different deliveries in all. The same seed gives the same ones. */
export function scenarios(seed: number, webhooks: number, settings: Settings = defaultSettings): Scenario[] {
  const all: Scenario[] = [];
  for (let count = 0; count < webhooks; ) {
    const next = scenario(seed, all.length + 1, settings);
    all.push(next);
    count += deliveriesOf(next).length;
  }
  return all;
}

/** The n-th order of a seed. It does not depend on the ones before it. */
function scenario(seed: number, n: number, settings: Settings): Scenario {
  const chance = chanceOf(Math.imul(seed, 0x9e3779b1) ^ Math.imul(n, 0x85ebca6b));
  const orderId = `C${seed}-${n}`;
  const { hint, first, branches } = chance.weighted<() => RmaScenario>([
    [88, () => anyOrder(randomOrder(orderId, chance), settings, chance)],
    [6, () => withShipment(twoRmas(orderId, chance), chance)],
    [6, () => withShipment(bothFamilies(orderId, chance), chance)],
  ])();
  return {
    ...{ orderId, settings, hint },
    first: withCopies(chance.shuffled(first), chance),
    branches: branches.map((steps) => stepsWithCopies(steps, chance)),
  };
}

function anyOrder(order: PlacedOrder, settings: Settings, chance: Chance): RmaScenario {
  const isStockHub = order.family === 'stock-hub';
  const articles = order.rmas.flatMap((rma) => rma.articles);
  // A push-api RMA needs no shipment. A stock-hub RMA waits for one, which may never come.
  const shipped = articles.filter(() => chance.percent(isStockHub ? 92 : 40));
  const sent = isStockHub ? shipments(order, shipped, chance) : ownShipments(order, shipped, chance);
  // The order alone can list an article before the problem of its shipment is known.
  if (isStockHub && !sent.some(isStopped) && chance.percent(15)) sent.push(placed(order));
  const others = chance.percent(20) ? besides(order, chance) : [];
  const isWithCustomer = ({ sku }: SoldArticle): boolean => {
    const named = sent.filter(({ payload }) =>
      (payload.items as { sku: string }[]).some((item) => item.sku === sku),
    );
    return named.length > 0 && !named.some(isStopped);
  };
  const isTaken = order.email.includes('@') && order.country !== 'ES' && order.currency === 'EUR';
  const rmas = order.rmas.map((rma) => {
    const isForwarded = settings.forward === 'each-item' || rma.articles.length === 1;
    const isHeld = settings.trackedReturns === 'hold' && rma.tracked;
    const hasNumber = ({ size }: SoldArticle): boolean => settings.sku === 'winkelstraat' || size !== null;
    const isListable = (article: SoldArticle): boolean =>
      isTaken &&
      isForwarded &&
      !isHeld &&
      hasNumber(article) &&
      article.good &&
      (!isStockHub || isWithCustomer(article));
    const reship = (corrected: PlacedOrder, nth: number, status?: string): SentDelivery[] =>
      reshipped(corrected, sent, nth, status);
    return rmaScenario({ order, rma, isListable, reship, chance });
  });
  return {
    hint: `${order.family}: ${rmas.map(({ hint }) => hint).join(' + ')}`,
    first: [...sent, ...others, ...rmas.flatMap(({ first }) => first)],
    branches: rmas.flatMap(({ branches }) => branches),
  };
}

/** The order's shipment has one unit. */
function withShipment({ order, hint, first, branches }: OneUnit, chance: Chance): RmaScenario {
  const [article] = order.rmas.flatMap(({ articles }) => articles) as [SoldArticle];
  const sent =
    order.family === 'stock-hub'
      ? shipments(order, [article], chance, false)
      : ownShipments(order, [article], chance);
  return { hint, first: [...sent, ...first], branches };
}

/** Winkelstraat delivers at least once. */
const withCopies = (deliveries: readonly SentDelivery[], chance: Chance): SentDelivery[] =>
  deliveries.map((delivery) => ({
    ...delivery,
    copies: chance.weighted([
      [15, 1],
      [4, 2],
      [1, 3],
    ]),
  }));

const stepsWithCopies = (steps: readonly Step[], chance: Chance): Step[] =>
  steps.map((step) =>
    step.kind === 'deliver' ? { ...step, deliveries: withCopies(step.deliveries, chance) } : step,
  );
