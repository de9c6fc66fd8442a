import * as z from 'zod/mini';
import { RetailerBody } from '../requests.ts';
import type { RetailerRow } from '../store.ts';
import { type OperationCall, type Operations, read } from './operation.ts';

/** "One to One relation with tenant. Holds retailer information." The tenant's key and the discounts are here too. */
export const retailerOperations: Operations = {
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
