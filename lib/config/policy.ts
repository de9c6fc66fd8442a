import * as z from 'zod/mini';

/**
 * The merchant's settings, per stage. They are in `cdk.json`, are checked at synth and reach the workers as one
 * environment variable. `-c <name>=<value>` overrides a setting for one synth.
 */
export const Policy = z.strictObject({
  /** `observe` makes and explains every decision and calls nothing at IGF. */
  mode: z._default(z.enum(['live', 'observe']), 'live'),
  /** For a merchant without `v2/rma`: an `rma-item` that reports nothing received and nothing decided opens a return. */
  rmaItemOpens: z._default(z.boolean(), false),
  /** ISO 3166-1 alpha-2 codes of the sender's country; a return from elsewhere goes the normal way. */
  countries: z._default(
    z
      .array(z.string().check(z.regex(/^[A-Z]{2}$/, 'must be a country code of two capitals, such as NL')))
      .check(z.minLength(1)),
    ['NL', 'BE', 'DE', 'AT', 'FR'],
  ),
  /** Which of the article's numbers is IGF's `productId`. */
  productId: z._default(z.enum(['parent', 'variant', 'reference']), 'parent'),
  /** Which number is IGF's `listingWebshopOrderId`: Winkelstraat's order, or the reseller's own purchase order. */
  webshopOrderId: z._default(z.enum(['order', 'po_number']), 'order'),
  /** Whether the bridge first checks at IGF that an article can be forwarded. Then it lists only `Available` ones. */
  checkForwardable: z._default(z.enum(['off', 'on']), 'off'),
  /** Whether a return that can't be forwarded becomes a regular return at IGF, which goes to the warehouse. */
  regularReturns: z._default(z.enum(['off', 'on']), 'off'),
  /**
   * Whether a shipment that is not collected yet is matched with a listed return of the same article: `suggest` sends a
   * notice, `on` places the order at IGF.
   */
  matchShipments: z._default(z.enum(['off', 'suggest', 'on']), 'off'),
  /** The most calls a second to IGF, of all workers and the reconciler together. */
  igfMaxPerSecond: z._default(z.number().check(z.gt(0), z.lte(1000)), 20),
});

export type Policy = z.infer<typeof Policy>;

/** The policy of a stage that sets nothing. */
export const defaultPolicy: Policy = z.parse(Policy, {});
