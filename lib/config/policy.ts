import * as z from 'zod/mini';
import countries from './countries.json' with { type: 'json' };

const countryCode = z.enum(
  Object.values(countries),
  'must be a country code of ISO 3166-1 in two capitals, such as NL; the United Kingdom is GB',
);

/**
 * The merchant's settings, per stage. They are in `cdk.json`, are checked at synth and reach the workers as one
 * environment variable. `-c <name>=<value>` overrides a setting for one synth.
 */
export const Policy = z.strictObject({
  /** `observe` makes and explains every decision and calls nothing at IGF. */
  mode: z._default(z.enum(['live', 'observe']), 'live'),
  /** ISO 3166-1 alpha-2 codes of the sender's country; a return from elsewhere goes the normal way. */
  countries: z._default(z.array(countryCode).check(z.minLength(1)), ['NL', 'BE', 'DE', 'AT', 'FR']),
  /**
   * Whether one item of an RMA with several may be forwarded. IGF's public quality rules (April 2026) accept only
   * single-item returns.
   */
  forward: z._default(z.enum(['single-item', 'each-item']), 'single-item'),
  /**
   * Whether a return is listed while its RMA carries a track of the warehouse's own return label. `hold`: not while the
   * track is there.
   */
  trackedReturns: z._default(z.enum(['list', 'hold']), 'list'),
  /**
   * A refund that IGF has not announced is due this many hours after the arrival. IGF's public terms (April 2026): the
   * sender is refunded when the buyer confirms, or after 3 days without a dispute. The default adds half a day.
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
  /**
   * Whether a shipment that nobody has collected is matched with a listed return of its article. `suggest` sends a
   * notice, and `on` places the order at IGF.
   */
  matchShipments: z._default(z.enum(['off', 'suggest', 'on']), 'off'),
  /** How many days an order without returns is kept: its items hold the address of a person. */
  keepOrdersDays: z._default(z.int().check(z.gte(30), z.lte(3650)), 180),
  /** The most calls a second to IGF, of all workers and the reconciler together. */
  igfMaxPerSecond: z._default(z.number().check(z.gt(0), z.lte(1000)), 20),
});

export type Policy = z.infer<typeof Policy>;

/** The policy of a stage that sets nothing. */
export const defaultPolicy: Policy = z.parse(Policy, {});
