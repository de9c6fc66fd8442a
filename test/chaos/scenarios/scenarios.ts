import { type Chance, chanceOf } from './chance.ts';
import { randomOrder, type SoldArticle } from './order.ts';
import { rmaScenario } from './rma-scenario.ts';
import { deliveriesOf, type Scenario, type SentDelivery, type Step } from './scenario.ts';
import { shipments } from './shipments.ts';

/** Scenarios with at least `webhooks` different deliveries in all. The same seed gives the same ones. */
export function scenarios(seed: number, webhooks: number): Scenario[] {
  const all: Scenario[] = [];
  for (let count = 0; count < webhooks; ) {
    const next = scenario(seed, all.length + 1);
    all.push(next);
    count += deliveriesOf(next).length;
  }
  return all;
}

/** The n-th order of a seed. It does not depend on the ones before it. */
function scenario(seed: number, n: number): Scenario {
  const chance = chanceOf(Math.imul(seed, 0x9e3779b1) ^ Math.imul(n, 0x85ebca6b));
  const order = randomOrder(`C${seed}-${n}`, chance);
  const isStockHub = order.family === 'stock-hub';
  const articles = order.rmas.flatMap((rma) => rma.articles);
  // A push-api RMA needs no shipment. A stock-hub RMA waits for one, which may never come.
  const shipped = articles.filter(() => chance.percent(isStockHub ? 92 : 15));
  const isTaken = order.email.includes('@') && order.country !== 'ES' && order.currency === 'EUR';
  const isListable = (article: SoldArticle): boolean =>
    isTaken && article.good && (!isStockHub || shipped.includes(article));

  const rmas = order.rmas.map((rma) => rmaScenario(order, rma, isListable, chance));
  const first = [...shipments(order, shipped, chance), ...rmas.flatMap((rma) => rma.first)];
  return {
    orderId: order.orderId,
    hint: `${order.family}: ${rmas.map(({ hint }) => hint).join(' + ')}`,
    first: withCopies(chance.shuffled(first), chance),
    branches: rmas.flatMap(({ branches }) => branches.map((steps) => stepsWithCopies(steps, chance))),
  };
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
