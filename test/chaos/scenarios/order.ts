import type { Chance } from './chance.ts';
import {
  badConditions,
  badReasons,
  goodConditions,
  goodReasons,
  otherResolutions,
  refunds,
  unknownConditions,
  unknownReasons,
  unknownResolutions,
} from './texts.ts';

/** An order, from which its payloads are made. */
export interface PlacedOrder {
  readonly orderId: string;
  readonly family: 'stock-hub' | 'push-api';
  readonly country: string;
  readonly currency: string;
  readonly email: string;
  /** The reseller's own number of the order. push-api's RMAs have none. */
  readonly poNumber: string | null;
  readonly rmas: readonly OpenedRma[];
}

export interface OpenedRma {
  readonly rmaId: string;
  /** It carries the warehouse's own return label. */
  readonly tracked: boolean;
  readonly articles: readonly SoldArticle[];
}

export interface SoldArticle {
  readonly rmaId: string;
  readonly itemId: string;
  readonly sku: string;
  readonly price: number;
  readonly requested: number;
  /** stock-hub now and then leaves it out. */
  readonly size: string | null;
  readonly texts: Readonly<Record<'reason' | 'condition' | 'resolution', string | null>>;
  /** Its texts allow forwarding. */
  readonly good: boolean;
}

/** An order from which one article comes back that can be forwarded. */
export function plainOrder(
  orderId: string,
  family: PlacedOrder['family'],
  rmas: number,
  chance: Chance,
): PlacedOrder {
  const texts = plainTexts(chance);
  const article = {
    itemId: '1',
    sku: `sku-${orderId}`,
    price: chance.between(1000, 40_000) / 100,
    size: 'M',
    texts,
  };
  return {
    ...{ orderId, family, country: 'NL', currency: 'EUR', email: `sender-${orderId}@example.com` },
    poNumber: null,
    rmas: Array.from({ length: rmas }, (_, index) => {
      const rmaId = `R${orderId}-${index + 1}`;
      return { rmaId, tracked: false, articles: [{ ...article, rmaId, requested: 1, good: true }] };
    }),
  };
}

export function randomOrder(orderId: string, chance: Chance): PlacedOrder {
  const family = chance.weighted([
    [6, 'stock-hub' as const],
    [4, 'push-api' as const],
  ]);
  const count = chance.weighted([
    [14, 1],
    [5, 2],
    [1, 3],
  ]);
  return {
    orderId,
    family,
    country: chance.percent(5) ? 'ES' : chance.one(['NL', 'NL', 'BE', 'DE', 'FR']),
    currency: family === 'stock-hub' && chance.percent(4) ? 'USD' : 'EUR',
    // IGF takes no address like the second: such a listing is refused, and its message parked.
    email: chance.percent(2) ? `nowhere-${orderId}` : `sender-${orderId}@example.com`,
    poNumber: family === 'stock-hub' && chance.percent(70) ? `PO-${orderId}` : null,
    rmas: Array.from({ length: count }, (_, index) => newRma(`R${orderId}-${index + 1}`, family, chance)),
  };
}

function newRma(rmaId: string, family: PlacedOrder['family'], chance: Chance): OpenedRma {
  const count = chance.weighted([
    [6, 1],
    [3, 2],
    [1, 3],
  ]);
  return {
    ...{ rmaId, tracked: chance.percent(25) },
    articles: Array.from({ length: count }, (_, at) => newArticle(rmaId, at, family, chance)),
  };
}

function newArticle(
  rmaId: string,
  index: number,
  family: PlacedOrder['family'],
  chance: Chance,
): SoldArticle {
  const [good, texts] = newTexts(chance);
  return {
    rmaId,
    itemId: String(index + 1),
    sku: `sku-${rmaId}-${index + 1}`,
    // Now and then the return fee is more than the price.
    price: chance.percent(4) ? chance.between(50, 290) / 100 : chance.between(1000, 40_000) / 100,
    requested: family === 'stock-hub' && chance.percent(15) ? chance.between(2, 3) : 1,
    size: family === 'stock-hub' && chance.percent(8) ? null : 'M',
    texts,
    good,
  };
}

function newTexts(chance: Chance): [good: boolean, texts: SoldArticle['texts']] {
  const plain = plainTexts(chance);
  const odd = chance.weighted<() => Partial<SoldArticle['texts']>>([
    [76, () => ({})],
    [6, () => ({ reason: chance.one(badReasons).text })],
    [3, () => ({ condition: chance.one(badConditions).text })],
    [4, () => ({ resolution: chance.one(otherResolutions).text })],
    [5, () => ({ reason: chance.one(unknownReasons).text })],
    [2, () => ({ condition: chance.one(unknownConditions).text })],
    [2, () => ({ resolution: chance.one(unknownResolutions).text })],
    [2, () => ({ reason: chance.one(unknownReasons).text, resolution: chance.one(otherResolutions).text })],
  ])();
  return [Object.keys(odd).length === 0, { ...plain, ...odd }];
}

const plainTexts = (chance: Chance): SoldArticle['texts'] => ({
  reason: chance.one(goodReasons).text,
  condition: chance.one(goodConditions).text,
  resolution: chance.one(refunds).text,
});
