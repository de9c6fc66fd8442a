import { daysAfter } from '../life/days.ts';
import type { Call, Operation } from '../operation.ts';
import { read } from '../reading.ts';
import { ForwardableRequest, type Item } from '../schemas/info.ts';

/** "Returns the tenant information." */
export const info: readonly Operation[] = [
  { name: 'GET /info', status: 200, run: tenantInformation },
  { name: 'POST /info/forwardable', status: 200, run: forwardable },
];

function tenantInformation({ store, now }: Call) {
  const { handinPeriod, matchingPeriod } = store.retailer;
  const period = (days: number) =>
    `${now.toISOString().slice(0, 10)} to ${daysAfter(now, days).slice(0, 10)}`;
  return {
    Name: 'tenant_database_name',
    'Number of listings': store.listings.all().length,
    'Number of orders': store.orders.all().length,
    'Number of shipments': store.shipments.all().length,
    'Handin Period': period(handinPeriod),
    'Matching Period': period(matchingPeriod),
  };
}

/**
 * One item is answered as the document's sample shows it, several as a list. The document does not say what makes an
 * item unavailable, nor the word for it: here a country that is not the retailer's, and a blacklisted sku or product.
 */
function forwardable({ store, body }: Call) {
  const { items, address } = read(ForwardableRequest, body);
  const { countries, blacklist } = store.retailer;
  const isReached = address?.country === undefined || countries.includes(address.country);
  const answers = items.map(({ sku, productId }: Item) => {
    const isListed = blacklist.includes(sku) || (productId !== undefined && blacklist.includes(productId));
    return { sku, productId, status: isReached && !isListed ? 'Available' : 'Unavailable' };
  });
  return answers.length === 1 ? answers[0] : answers;
}
