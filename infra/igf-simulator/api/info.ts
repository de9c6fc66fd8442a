import * as z from 'zod/mini';
import { daysFromNow } from '../lifecycle/forwarding.ts';
import { AddressBody } from '../requests.ts';
import { shownWords } from '../settings.ts';
import { type OperationCall, type Operations, read } from './operation.ts';

/** "Returns the tenant information." */
export const infoOperations: Operations = {
  'GET /info': [200, tenantInformation],
  'POST /info/forwardable': [200, forwardable],
};

/**
 * Body of "Check if the given items can be forwarded". The fields of an item are those of the document's
 * answer. Nothing is marked as required, and the sample's order id is a number.
 */
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
 * One item is answered as the document's sample shows it, several as a list. The document does not say what
 * makes an item unavailable, nor the word for it. Here it is a country that is not the retailer's, or a
 * blacklisted sku or product.
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
