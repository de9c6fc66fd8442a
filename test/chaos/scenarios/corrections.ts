import type { Chance } from './chance.ts';
import { forwardingSteps, refOf } from './forwarding.ts';
import type { OpenedRma, PlacedOrder, SoldArticle } from './order.ts';
import type { SentDelivery, Step } from './scenario.ts';
import { badReasons, goodReasons, unknownReasons } from './texts.ts';

/** What Winkelstraat reports of the return and its order after a correction, in the webhooks that carry it. */
type Report = (order: PlacedOrder, rma: OpenedRma, nth: number) => SentDelivery[];

interface Corrected {
  readonly order: PlacedOrder;
  readonly article: SoldArticle;
}

/**
 * The only article of an order is listed, and then facts about it are corrected, up to four times. At the end it may be
 * sold, or a text may rule it out.
 */
export function correctedSteps(placed: PlacedOrder, sold: SoldArticle, report: Report, chance: Chance) {
  const item = refOf(sold);
  const kinds = Array.from({ length: chance.between(1, 4) }, () =>
    chance.one(['reason', 'address', 'price'] as const),
  );
  let now: Corrected = { order: placed, article: sold };
  let reports = 0;
  const deliver = (): Step => {
    reports += 1;
    const [{ tracked } = { tracked: false }] = placed.rmas;
    const rma = { rmaId: sold.rmaId, tracked, articles: [now.article] };
    return { kind: 'deliver', deliveries: report({ ...now.order, rmas: [rma] }, rma, reports) };
  };
  const steps: Step[] = [{ kind: 'listed', item }];
  for (const [index, kind] of kinds.entries()) {
    now = correct(now, kind, index + 1);
    steps.push(deliver());
    // The bridge lists an article three times at most.
    if (index < 2) steps.push({ kind: 'listed', item, nth: index + 2 });
  }
  const say = (reason: string | null): Step => {
    now = { ...now, article: withReason(now.article, reason) };
    return deliver();
  };
  const buy: Step = { kind: 'buy', item, webshopOrderId: `WEB-${item.rmaId}` };
  const end = chance.weighted<readonly [string, () => Step[]]>([
    [4, ['', () => []]],
    [2, [', sold', () => forwardingSteps(now.order, now.article, 'refunded', deliver)]],
    [2, [', ruled out', () => [say(chance.one(badReasons).text)]]],
    [1, [', unknown text', () => [say(chance.one(unknownReasons).text)]]],
    [
      2,
      [
        ', ruled out once sold',
        () => [buy, { kind: 'known', item, state: 'Matched' }, say(chance.one(badReasons).text)],
      ],
    ],
  ]);
  // With three listings and another correction its listing is wrong, and a person must look: nobody buys it here.
  const isWrong = kinds.length > 2;
  const [name, more] = isWrong ? (['', () => []] as const) : end;
  return { hint: `corrected: ${kinds.join(', ')}${name}`, steps: [...steps, ...more()] };
}

/** One text for each meaning. */
const reasons = goodReasons.filter(
  ({ text, means }, at) => text && goodReasons.findIndex((other) => other.means === means) === at,
);

/** A reason of another meaning. It takes more corrections than a return ever has to come to an earlier one again. */
function nextReason(reason: string | null): string | null {
  const known = goodReasons.find(({ text }) => text === reason);
  const at = reasons.findIndex(({ means }) => means === known?.means);
  return (reasons[(at + 1) % reasons.length] ?? goodReasons[0]).text;
}

const withReason = (article: SoldArticle, reason: string | null): SoldArticle => ({
  ...article,
  texts: { ...article.texts, reason },
});

function correct({ order, article }: Corrected, kind: 'reason' | 'address' | 'price', n: number): Corrected {
  if (kind === 'address') return { order: { ...order, email: `moved-${n}-${order.email}` }, article };
  if (kind === 'price')
    return { order, article: { ...article, price: Math.round(article.price * 90) / 100 } };
  return { order, article: withReason(article, nextReason(article.texts.reason)) };
}
