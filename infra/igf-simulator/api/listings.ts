import * as z from 'zod/mini';
import { ListingCancelReason } from '../enums.ts';
import { notAllowed } from '../errors.ts';
import { removeOrder } from '../lifecycle/buying.ts';
import { findOrAddCustomer, refuseBanned } from '../lifecycle/customers.ts';
import {
  type Context,
  cancelForwarding,
  daysFromNow,
  forwardingOf,
  sendCancellation,
} from '../lifecycle/forwarding.ts';
import { ListingBody, textField } from '../requests.ts';
import { shownWords } from '../settings.ts';
import type { ListingRow } from '../store.ts';
import { customerResponseById } from './customers.ts';
import {
  integerParam,
  type OperationCall,
  type Operations,
  read,
  readInteger,
  readIntegers,
} from './operation.ts';

/** "Listings are products that customers want to return and are waiting to be matched with new buyers." */
export const listingOperations: Operations = {
  'GET /listings': [200, (call) => listingsWith(call, 'status', ['Available'])],
  'POST /listings': [201, create],
  'GET /listings/all': [200, all],
  'GET /listings/product': [200, byProducts],
  'GET /listings/product/{productId}': [
    200,
    (call) => listingsWith(call, 'productId', [String(integerParam(call, 'productId'))]),
  ],
  'GET /listings/sku/{skuId}': [200, (call) => listingsWith(call, 'sku', [call.params.skuId])],
  'GET /listings/customer/{customerId}': [
    200,
    (call) => listingsWith(call, 'senderId', [integerParam(call, 'customerId')]),
  ],
  // The document types a nanoId as an integer and no answer shows another one: here it is the listing's id.
  'GET /listings/nanoId/{id}': [200, (call) => listingResponse(call, listingOf(call))],
  'GET /listings/{id}': [200, (call) => listingResponse(call, listingOf(call))],
  'PUT /listings/{id}': [200, update],
  'DELETE /listings/{id}': [200, remove],
  'PUT /listings/cancel/{listingId}': [200, cancel],
};

/** Body of "Update a specific listing": every field may be absent or null. */
const UpdateListing = z.object({
  originalPrice: z.nullish(z.number()),
  status: z.nullish(z.enum(['Available', 'Pending'])),
  lastUpdateDiscount: z.nullish(z.iso.datetime({ offset: true })),
  discountValue: z.nullish(z.number()),
  discountPercentage: z.nullish(z.number()),
  discountCurrency: z.nullish(textField),
});

/** Body of "Cancel a listing". The document does not mark the reason as required. */
const CancelListing = z.object({ cancelReason: z.optional(ListingCancelReason) });

function create(call: OperationCall) {
  const { store, now } = call;
  const { customer, ...request } = read(ListingBody, call.body);
  const { matchingPeriod, countries } = store.retailer;
  const { country } = customer.address;
  refuseBanned(store, customer);
  // The document only says that retailers store a list of supported countries. The simulator takes no others.
  if (!countries.includes(country)) throw notAllowed(`The retailer does not operate in ${country}`);
  const sender = findOrAddCustomer(store, customer);
  const discountPercentage = 10;
  const listing = store.listings.add((id) => ({
    ...request,
    id,
    senderId: sender.id,
    status: 'Available',
    discountPercentage,
    discountValue: Math.round(request.originalPrice * discountPercentage) / 100,
    discountCurrency: 'EUR',
    createdAt: now,
    updatedAt: now,
    matchingDeadline: daysFromNow(call, matchingPeriod),
  }));
  call.send({ eventType: 'ADD_LISTING', listing });
  return listingResponse(call, listing);
}

function all(call: OperationCall) {
  const ids = readIntegers('ids', call.query);
  const decoded = new URLSearchParams(call.query).get('listingWebshopOrderId');
  const sent = /(?:^|&)listingWebshopOrderId=([^&]*)/.exec(call.query)?.[1] ?? null;
  const orderId = call.settings.rawOrderNumbers ? sent : decoded;
  return call.store.listings
    .all()
    .filter(({ id }) => ids === undefined || ids.includes(id))
    .filter(({ listingWebshopOrderId }) => orderId === null || listingWebshopOrderId === orderId)
    .map((listing) => listingResponse(call, listing));
}

function byProducts(call: OperationCall) {
  const ids = readIntegers('ids', call.query) ?? [readInteger('ids', undefined)];
  return listingsWith(call, 'productId', ids.map(String));
}

function update(call: OperationCall) {
  const listing = listingOf(call);
  // No answer shows when its discount was changed.
  const { lastUpdateDiscount: _when, ...change } = read(UpdateListing, call.body ?? {});
  if (change.status && listing.status === 'Cancelled')
    throw notAllowed('A cancelled listing stays cancelled');
  if (change.status && listing.receiverId !== undefined) {
    throw notAllowed('The status of an ordered listing follows its order');
  }
  // An answer always has these fields, so null can only mean: leave it as it is.
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== null));
  const changed = call.store.listings.replace({ ...listing, ...given, updatedAt: call.now });
  call.send({ eventType: 'UPDATE_LISTING', listing: changed });
  return listingResponse(call, changed);
}

/** The sample answer is a list: read as the deleted listing. Its orders and shipments are deleted too. */
function remove(call: OperationCall) {
  const { store } = call;
  const listing = listingOf(call);
  const orders = store.orders.all().filter(({ listingId }) => listingId === listing.id);
  for (const order of orders) removeOrder(store, order);
  store.listings.remove(listing.id);
  return [listingResponse(call, listing)];
}

function cancel(call: OperationCall) {
  const listing = listingOf(call, 'listingId');
  const { cancelReason } = read(CancelListing, call.body ?? {});
  const cancelled = cancelForwarding(call, forwardingOf(call.store, listing.id), cancelReason);
  sendCancellation(call, cancelled, cancelReason);
  return listingResponse(call, cancelled.listing);
}

function listingOf(call: OperationCall, name = 'id'): ListingRow {
  return call.store.listings.get(integerParam(call, name));
}

function listingsWith(call: OperationCall, field: keyof ListingRow, values: readonly unknown[]) {
  const listings = call.store.listings.all().filter((listing) => values.includes(listing[field]));
  return listings.map((listing) => listingResponse(call, listing));
}

/**
 * ListingResponse of the vendor document. None of its fields is nullable: an optional field without a value is left
 * out. No answer shows the listing's webshop order.
 */
export function listingResponse(
  { store, settings }: Pick<Context, 'store' | 'settings'>,
  listing: ListingRow,
) {
  const {
    listingWebshopOrderId: _order,
    quantity: _sent,
    maxQuantity: _ordered,
    cancelReason: _reason,
    ...fields
  } = listing;
  return {
    ...fields,
    ...(!store.retailer.discountsEnabled && { discountPercentage: 0, discountValue: 0 }),
    carbonEmissionSavingPercentage: 5,
    carbonEmissionSavingKilograms: 2,
    status: shownWords(settings).word(listing.status),
    kilometersSaved: 10,
    sender: customerResponseById(store, listing.senderId),
    receiver: customerResponseById(store, listing.receiverId),
  };
}
