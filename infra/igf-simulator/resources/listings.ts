import { notAllowed } from '../errors.ts';
import { refuseBanned } from '../life/banning.ts';
import { removeOrder } from '../life/buying.ts';
import { customerOf } from '../life/customers.ts';
import { daysAfter } from '../life/days.ts';
import { cancel as cancelForwarding, tellOfCancellation } from '../life/ending.ts';
import { forwardingOf } from '../life/forwarding.ts';
import { tellListing } from '../life/notices.ts';
import type { Call, Operation } from '../operation.ts';
import { read, readInteger, readIntegers } from '../reading.ts';
import { rowOf } from '../rows.ts';
import { ListingCancellation, ListingRequest, ListingUpdate } from '../schemas/listing.ts';
import type { Listing } from '../store.ts';
import { showListing } from './listing-response.ts';

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

function create(call: Call) {
  const { store, now } = call;
  const { customer, ...request } = read(ListingRequest, call.body);
  refuseBanned(store, customer);
  refuseForeign(call, customer.address.country);
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
    matchingDeadline: daysAfter(now, store.retailer.matchingPeriod),
  }));
  tellListing(call, 'ADD_LISTING', listing);
  return showListing(store, listing);
}

/** The document only says that retailers store a list of supported countries: read as that IGF takes no others. */
function refuseForeign({ store }: Call, country: string): void {
  if (!store.retailer.countries.includes(country)) {
    throw notAllowed(`The retailer does not operate in ${country}`);
  }
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
  if (change.status) refuseStatus(listing);
  // An answer always has these fields, so null can only mean: leave it as it is.
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== null));
  const changed = call.store.listings.replace({ ...listing, ...given, updatedAt: call.now.toISOString() });
  tellListing(call, 'UPDATE_LISTING', changed);
  return showListing(call.store, changed);
}

function refuseStatus({ status, receiverId }: Listing): void {
  if (status === 'Cancelled') throw notAllowed('A cancelled listing stays cancelled');
  if (receiverId !== undefined) throw notAllowed('The status of an ordered listing follows its order');
}

/** The document's sample answer is a list: read as the listing that was deleted. Its order and shipment go with it. */
function remove(call: Call) {
  const listing = listingOf(call, 'id');
  const { order } = forwardingOf(call.store, listing);
  if (order) removeOrder(call.store, order);
  call.store.listings.remove(listing.id);
  return [showListing(call.store, listing)];
}

function cancel(call: Call) {
  const listing = listingOf(call, 'listingId');
  const { cancelReason } = read(ListingCancellation, call.body ?? {});
  const cancelled = cancelForwarding(call, forwardingOf(call.store, listing), cancelReason);
  tellOfCancellation(call, cancelled, cancelReason);
  return showListing(call.store, cancelled.listing);
}

function listingOf(call: Call, name: string): Listing {
  return rowOf(call.store.listings, call, name, 'Listing');
}

function shown({ store }: Call, wanted: (listing: Listing) => boolean) {
  return store.listings
    .all()
    .filter(wanted)
    .map((listing) => showListing(store, listing));
}
