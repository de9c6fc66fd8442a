import { notAllowed, notFound } from '../errors.ts';
import type { Call, Operation } from '../operation.ts';
import { read, readInteger, readIntegers } from '../reading.ts';
import { ListingCancellation, ListingRequest, ListingUpdate } from '../schemas/listing.ts';
import type { Listing } from '../store.ts';
import { customerOf } from './customers.ts';
import { showListing } from './listing-response.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** "Listings are products that customers want to return and are waiting to be matched with new buyers." */
export const listings: readonly Operation[] = [
  {
    name: 'GET /listings',
    status: 200,
    run: (call) => shown(call, (listing) => listing.status === 'Available'),
  },
  { name: 'POST /listings', status: 201, run: create },
  { name: 'GET /listings/all', status: 200, run: everListed },
  { name: 'GET /listings/product', status: 200, run: byProducts },
  { name: 'GET /listings/product/{productId}', status: 200, run: byProduct },
  { name: 'GET /listings/sku/{skuId}', status: 200, run: bySku },
  { name: 'GET /listings/customer/{customerId}', status: 200, run: bySender },
  // The document types a nanoId as an integer and no answer shows another one: here it is the listing's id.
  {
    name: 'GET /listings/nanoId/{id}',
    status: 200,
    run: (call) => showListing(call.store, listingOf(call, 'id')),
  },
  { name: 'GET /listings/{id}', status: 200, run: (call) => showListing(call.store, listingOf(call, 'id')) },
  { name: 'PUT /listings/{id}', status: 200, run: update },
  { name: 'DELETE /listings/{id}', status: 200, run: remove },
  { name: 'PUT /listings/cancel/{listingId}', status: 200, run: cancel },
];

function create({ body, store, now }: Call) {
  const { customer, ...request } = read(ListingRequest, body);
  const sender = customerOf(store, customer);
  const createdAt = now.toISOString();
  const discountPercentage = 10;
  const listing = store.listings.add((id) => ({
    ...request,
    id,
    senderId: sender.id,
    status: 'Available',
    discountPercentage,
    discountValue: Math.round(request.originalPrice * discountPercentage) / 100,
    discountCurrency: 'EUR',
    createdAt,
    updatedAt: createdAt,
    matchingDeadline: new Date(now.getTime() + store.retailer.matchingPeriod * dayMs).toISOString(),
  }));
  return showListing(store, listing);
}

function everListed(call: Call) {
  const ids = readIntegers('ids', call.query);
  const orderId = new URLSearchParams(call.query).get('listingWebshopOrderId');
  return shown(
    call,
    (listing) =>
      (ids === undefined || ids.includes(listing.id)) &&
      (orderId === null || listing.listingWebshopOrderId === orderId),
  );
}

function byProducts(call: Call) {
  const ids = readIntegers('ids', call.query) ?? [readInteger('ids', undefined)];
  return shown(call, (listing) => ids.some((id) => listing.productId === String(id)));
}

function byProduct(call: Call) {
  const id = readInteger('productId', call.params.productId);
  return shown(call, (listing) => listing.productId === String(id));
}

function bySku(call: Call) {
  return shown(call, (listing) => listing.sku === call.params.skuId);
}

function bySender(call: Call) {
  const id = readInteger('customerId', call.params.customerId);
  return shown(call, (listing) => listing.senderId === id);
}

function update(call: Call) {
  const listing = listingOf(call, 'id');
  const change = read(ListingUpdate, call.body ?? {});
  if (change.status && listing.status === 'Cancelled')
    throw notAllowed('A cancelled listing stays cancelled');
  // An answer always has these fields, so null can only mean: leave it as it is.
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== null));
  const changed = call.store.listings.replace({ ...listing, ...given, updatedAt: call.now.toISOString() });
  return showListing(call.store, changed);
}

/** The document's sample answer is a list: read as the listing that was deleted. */
function remove(call: Call) {
  const listing = listingOf(call, 'id');
  call.store.listings.remove(listing.id);
  return [showListing(call.store, listing)];
}

function cancel(call: Call) {
  const listing = listingOf(call, 'listingId');
  const { cancelReason } = read(ListingCancellation, call.body ?? {});
  if (listing.status === 'Cancelled') throw notAllowed('The listing is already cancelled');
  const updatedAt = call.now.toISOString();
  const cancelled = call.store.listings.replace({ ...listing, status: 'Cancelled', cancelReason, updatedAt });
  return showListing(call.store, cancelled);
}

function listingOf({ params, store }: Call, name: string): Listing {
  const id = readInteger(name, params[name]);
  const listing = store.listings.find(id);
  if (listing === undefined) throw notFound(`Listing ${id}`);
  return listing;
}

function shown({ store }: Call, wanted: (listing: Listing) => boolean) {
  return store.listings
    .all()
    .filter(wanted)
    .map((listing) => showListing(store, listing));
}
