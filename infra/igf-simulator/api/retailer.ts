import * as z from 'zod/mini';
import { daysFromNow } from '../lifecycle/forwarding.ts';
import { AddressBody, RetailerBody } from '../requests.ts';
import { shownWords } from '../settings.ts';
import type { RetailerRow } from '../store.ts';
import { type OperationCall, type Operations, read } from './operation.ts';

/** "One to One relation with tenant. Holds retailer information." The tenant itself and the discounts are here too. */
export const retailerOperations: Operations = {
  'GET /info': [200, tenantInformation],
  'POST /info/forwardable': [200, forwardable],
  'PUT /tenant/apiKey': [200, changeKey],
  // "Get the retailer config table": the sample is a list, read as the table's one row.
  'GET /retailer': [200, ({ store }) => [retailerResponse(store.retailer)]],
  'PUT /retailer': [200, (call) => retailerResponse(change(call, read(RetailerBody, call.body ?? {})))],
  'PUT /retailer/discount/enable': [204, (call) => void change(call, { discountsEnabled: true })],
  'PUT /retailer/discount/disable': [204, (call) => void change(call, { discountsEnabled: false })],
  // How the ranges affect a listing's discount is not documented.
  'GET /discount': [200, ({ store }) => store.discountRanges],
  'PUT /discount': [200, replaceRanges],
};

/** Body of "Update the apiKey": it must fit into a header. */
const UpdateApiKey = z.object({
  apiKey: z.string().check(z.regex(/^[\x21-\x7e]+$/, 'must be plain ASCII without spaces')),
});

/** From the next call on only the new key is accepted. */
function changeKey({ store, body }: OperationCall) {
  store.apiKey = read(UpdateApiKey, body).apiKey;
  return { apiKey: store.apiKey, id: 1 };
}

function change({ store }: OperationCall, given: Partial<RetailerRow>): RetailerRow {
  store.retailer = { ...store.retailer, ...given };
  return store.retailer;
}

function retailerResponse(retailer: RetailerRow) {
  return { id: 1, ...retailer };
}

const DiscountRange = z
  .object({ minPrice: z.number(), maxPrice: z.number(), maxDiscount: z.number() })
  .check(z.refine(({ minPrice, maxPrice }) => minPrice < maxPrice, 'minPrice must be less than maxPrice'));
type DiscountRange = z.infer<typeof DiscountRange>;

/** Body of "Change the previous discount ranges", in any order. Sorted, they must have no gaps. */
const DiscountRanges = z
  .array(DiscountRange)
  .check(z.refine(isGapless, 'There should be no gaps between ranges (and no overlaps)'));

function isGapless(ranges: readonly DiscountRange[]): boolean {
  const sorted = inOrder(ranges);
  return sorted.every(({ minPrice }, index) => index === 0 || minPrice === sorted[index - 1]?.maxPrice);
}

function inOrder(ranges: readonly DiscountRange[]): DiscountRange[] {
  return ranges.toSorted((one, other) => one.minPrice - other.minPrice);
}

function replaceRanges({ store, body }: OperationCall) {
  store.discountRanges = inOrder(read(DiscountRanges, body));
  return store.discountRanges;
}

/** "Check if the given items can be forwarded". Items have the fields of the answer. The sample's order is a number. */
const CheckForwardable = z.object({
  items: z._default(z.array(z.object({ sku: z.string(), productId: z.optional(z.string()) })), []),
  webshopOrderId: z.optional(z.union([z.string(), z.number()])),
  address: z.optional(z.partial(AddressBody)),
});

function tenantInformation(call: OperationCall) {
  const { store } = call;
  const { handinPeriod, matchingPeriod } = store.retailer;
  const date = (daysAhead: number) => daysFromNow(call, daysAhead).slice(0, 10);
  return {
    Name: 'tenant_database_name',
    'Number of listings': store.listings.all().length,
    'Number of orders': store.orders.all().length,
    'Number of shipments': store.shipments.all().length,
    'Handin Period': `${date(0)} to ${date(handinPeriod)}`,
    'Matching Period': `${date(0)} to ${date(matchingPeriod)}`,
  };
}

/**
 * One item is answered as the sample shows it, several as a list. The document does not say what makes an item
 * unavailable, nor the word for it: here a country that is not the retailer's, or a blacklisted sku or product.
 */
function forwardable({ store, settings, body }: OperationCall) {
  const { items, address } = read(CheckForwardable, body);
  const { countries, blacklist } = store.retailer;
  const isCovered = address?.country === undefined || countries.includes(address.country);
  const answers = items.map(({ sku, productId }) => {
    const isListed = blacklist.includes(sku) || (productId !== undefined && blacklist.includes(productId));
    const status = isCovered && !isListed ? 'Available' : 'Unavailable';
    return { sku, productId, status: shownWords(settings).word(status) };
  });
  return answers.length === 1 ? answers[0] : answers;
}
