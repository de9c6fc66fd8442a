import * as z from 'zod/mini';
import countries from './countries.json' with { type: 'json' };

const countryCode = z.enum(
  Object.values(countries),
  'must be a country code of ISO 3166-1 in two capitals, such as NL; the United Kingdom is GB',
);

/** The merchant's settings per stage, from `cdk.json` or `-c <name>=<value>`. Workers get them as one variable. */
export const Policy = z.strictObject({
  /** `observe` makes and explains every decision and calls nothing at IGF. */
  mode: z._default(z.enum(['live', 'observe']), 'live'),
  /** ISO 3166-1 alpha-2 codes of the sender's country; a return from elsewhere goes the normal way. */
  countries: z._default(z.array(countryCode).check(z.minLength(1)), ['NL', 'BE', 'DE', 'AT', 'FR']),
  /** May one of several items of an RMA be forwarded? IGF's quality rules (April 2026) accept single-item returns. */
  forward: z._default(z.enum(['single-item', 'each-item']), 'single-item'),
  /** Whether a return is listed while its RMA has a track of the warehouse's own return label. `hold`: it is not. */
  trackedReturns: z._default(z.enum(['list', 'hold']), 'list'),
  /**
   * An unannounced refund is due these hours after arrival. IGF's public terms (April 2026): when the buyer confirms,
   * or after 3 days without a dispute. The default adds half a day.
   */
  refundPresumedHours: z._default(z.number().check(z.gt(0, 'must be a number of hours above 0')), 84),
  /** Which of the article's numbers is IGF's `sku`: Winkelstraat's, or the one that the merchant's own shop knows. */
  sku: z._default(z.enum(['winkelstraat', 'article_number']), 'winkelstraat'),
  /** Which of the article's numbers is IGF's `productId`. */
  productId: z._default(z.enum(['parent', 'variant', 'reference']), 'parent'),
  /** Which number is IGF's `listingWebshopOrderId`: Winkelstraat's order, or the reseller's own purchase order. */
  webshopOrderId: z._default(z.enum(['order', 'po_number']), 'order'),
  /** Whether the bridge first checks at IGF that an article can be forwarded. Then it lists only `Available` ones. */
  checkForwardable: z._default(z.enum(['off', 'on']), 'off'),
  /** Whether a return that can't be forwarded becomes a regular return at IGF, which goes to the warehouse. */
  regularReturns: z._default(z.enum(['off', 'on']), 'off'),
  /** Whether an uncollected shipment is matched with a listed return: by a notice (`suggest`), or an order (`on`). */
  matchShipments: z._default(z.enum(['off', 'suggest', 'on']), 'off'),
  /** How many days an order without returns is kept: its items hold the address of a person. */
  keepOrdersDays: z._default(z.int().check(z.gte(30), z.lte(3650)), 180),
  /** The most calls a second to IGF, of all workers and the reconciler together. */
  igfMaxPerSecond: z._default(z.number().check(z.gt(0), z.lte(1000)), 20),
});

export type Policy = z.infer<typeof Policy>;

/** The policy of a stage that sets nothing. */
export const defaultPolicy: Policy = z.parse(Policy, {});
