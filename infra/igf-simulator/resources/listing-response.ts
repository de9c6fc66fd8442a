import type { Listing, Store } from '../store.ts';
import { showCustomerWithId } from './customer-response.ts';

/**
 * ListingResponse of the vendor document, in its order of fields. Fields that it does not require are left out when there
 * is nothing to say (it marks none of them nullable), and no answer carries the listing's webshop order.
 */
export function showListing(store: Store, listing: Listing) {
  const { discountsEnabled } = store.retailer;
  return {
    id: listing.id,
    sku: listing.sku,
    productId: listing.productId,
    receiverId: listing.receiverId,
    senderId: listing.senderId,
    discountPercentage: discountsEnabled ? listing.discountPercentage : 0,
    discountValue: discountsEnabled ? listing.discountValue : 0,
    discountCurrency: listing.discountCurrency,
    carbonEmissionSavingPercentage: 5,
    carbonEmissionSavingKilograms: 2,
    matchingDeadline: listing.matchingDeadline,
    status: listing.status,
    createdAt: listing.createdAt,
    updatedAt: listing.updatedAt,
    originalPrice: listing.originalPrice,
    kilometersSaved: 10,
    returnReason: listing.returnReason,
    returnReasonComment: listing.returnReasonComment,
    sender: showCustomerWithId(store, listing.senderId),
    receiver: showCustomerWithId(store, listing.receiverId),
  };
}
