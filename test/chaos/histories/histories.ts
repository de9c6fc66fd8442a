import { type Chance, chanceOf } from './chance.ts';
import { type Act, type Delivery, deliveriesOf, type History } from './history.ts';
import { type Article, newOrder } from './order.ts';
import { rmaLife } from './rma-life.ts';
import { shipments } from './shipments.ts';

/** So many histories that they hold at least `webhooks` different deliveries. The same seed gives the same ones. */
export function histories(seed: number, webhooks: number): History[] {
  const all: History[] = [];
  for (let told = 0; told < webhooks; ) {
    const next = history(seed, all.length + 1);
    all.push(next);
    told += deliveriesOf(next).length;
  }
  return all;
}

/** The n-th order of a seed, whatever became of the ones before it. */
export function history(seed: number, n: number): History {
  const chance = chanceOf(Math.imul(seed, 0x9e3779b1) ^ Math.imul(n, 0x85ebca6b));
  const order = newOrder(`C${seed}-${n}`, chance);
  const isStockHub = order.family === 'stock-hub';
  const articles = order.rmas.flatMap((rma) => rma.articles);
  // A push-api RMA needs no shipment; a stock-hub one waits for one that may never be told.
  const shipped = articles.filter(() => chance.percent(isStockHub ? 92 : 15));
  const isTaken = order.email.includes('@') && order.country !== 'ES' && order.currency === 'EUR';
  const listable = (article: Article): boolean =>
    isTaken && article.good && (!isStockHub || shipped.includes(article));

  const lives = order.rmas.map((rma) => rmaLife(order, rma, listable, chance));
  const first = [...shipments(order, shipped, chance), ...lives.flatMap((life) => life.first)];
  return {
    orderId: order.orderId,
    hint: `${order.family}: ${lives.map(({ hint }) => hint).join(' + ')}`,
    first: withCopies(chance.shuffled(first), chance),
    branches: lives.flatMap(({ branches }) => branches.map((acts) => actsWithCopies(acts, chance))),
  };
}

/** Winkelstraat delivers at least once. */
const withCopies = (deliveries: readonly Delivery[], chance: Chance): Delivery[] =>
  deliveries.map((delivery) => ({
    ...delivery,
    copies: chance.weighted([
      [15, 1],
      [4, 2],
      [1, 3],
    ]),
  }));

const actsWithCopies = (acts: readonly Act[], chance: Chance): Act[] =>
  acts.map((act) =>
    act.kind === 'deliver' ? { ...act, deliveries: withCopies(act.deliveries, chance) } : act,
  );
