import { hold, none } from '../../actions/explain.ts';
import { check, listReturn } from '../../actions/list.ts';
import type { ListingRequest } from '../../igf/api/listings.ts';
import { linesOf } from '../../returns/article.ts';
import { requestFingerprint } from '../../returns/listing-request.ts';
import { headerOf } from '../../returns/merchant-decision.ts';
import { isEqual } from '../../returns/merge.ts';
import type { Shipment } from '../../returns/order.ts';
import { termOf } from '../../returns/vocabulary.ts';
import { blockedByRefusal, isPending, type NextStep, openState, stay, unchanged } from '../../rules/steps.ts';
import type { UnlistedView } from '../../rules/view.ts';

export function unmappedTerm({ item, article, forwardable }: UnlistedView): NextStep | undefined {
  if (forwardable?.verdict !== 'unknown') return undefined;
  const { field } = forwardable;
  const attention = `Map the text of the ${field}: it is unknown.`;
  const term = { field, text: termOf(article?.[field] ?? '') };
  const isHeld = item.state === 'NeedsMapping' && isEqual(item.unmappedTerm, term);
  const action = isHeld ? none() : hold({ term });
  const why = `The text of its ${field} is unknown.`;
  return stay(item, 'NeedsMapping', why, { attention, unmappedTerm: term, action });
}

/** A value that a listing needs can't be used, and no later webhook corrects it. */
export function unusableValue({ item, listing }: UnlistedView): NextStep | undefined {
  if (!listing || !('unusable' in listing)) return undefined;
  const parts = listing.unusable.map(({ part }) => part).join(', ');
  const attention = listing.unusable.map((unusable) => unusable.attention).join(' ');
  const why = `A listing needs values that are missing or unusable: ${parts}.`;
  return stay(item, openState(item), why, { attention });
}

export function awaitingShipment({ item, listing }: UnlistedView): NextStep | undefined {
  if (!listing || !('missing' in listing)) return undefined;
  const why = `The return waits for a shipment of the order, which must provide ${listing.missing.join(', ')}.`;
  return stay(item, 'AwaitingShipment', why, { waits: 'shipment' });
}

const isWithCustomer = ({ status, createdAt, updatedAt, collectedAt, deliveredAt }: Shipment): boolean => {
  if (deliveredAt || collectedAt || status === 'DELIVERED') return true;
  const isUndated = !createdAt && !updatedAt;
  return isUndated && !isOnItsWay(status);
};

/** The carrier has a problem with it, or it waits to be collected. */
const isOnItsWay = (status: Shipment['status']): boolean =>
  status === 'EXCEPTION' || status === 'READY_FOR_PICKUP';

/** The shipment to the customer has not arrived, so the customer has nothing to send back. */
export function notWithCustomer({ order, item, article }: UnlistedView): NextStep | undefined {
  const shipments = order.shipments.filter((shipment) => linesOf(shipment, article?.sku).length > 0);
  const stopped = shipments.find(({ status }) => isOnItsWay(status));
  if (!stopped || shipments.some(isWithCustomer)) return undefined;
  const why = `Shipment ${stopped.shipmentId} has not been delivered to the customer (${stopped.status}).`;
  return stay(item, 'AwaitingShipment', why, { waits: 'delivery' });
}

/** Policy `trackedReturns=hold`: the customer has a return label of the warehouse. */
export function hasWarehouseLabel({ order, item, policy }: UnlistedView): NextStep | undefined {
  if (policy.trackedReturns !== 'hold' || !headerOf(order, item)?.track?.number) return undefined;
  const why = 'Its RMA has a return label of the warehouse, so the customer may send it there.';
  return stay(item, openState(item), why, { waits: 'track' });
}

const requestOf = ({ listing }: UnlistedView): ListingRequest | undefined =>
  listing && 'request' in listing ? listing.request : undefined;

/** Policy `checkForwardable`: nothing is claimed or listed before IGF has answered that the article is Available. */
export function checkForwardability(view: UnlistedView): NextStep | undefined {
  const { item, policy } = view;
  const request = requestOf(view);
  if (policy.checkForwardable === 'off' || !request || isPending(item, 'list')) return undefined;
  if (item.forwardability?.request === requestFingerprint(request)) return undefined;
  return {
    state: openState(item),
    why: 'The article can go to another customer. ItGoesForward must confirm that it forwards the article.',
    action: check({ request }),
  };
}

export function listingRefused(view: UnlistedView): NextStep | undefined {
  const { refusal } = view.item;
  const request = refusal && requestOf(view);
  const blocked = request && blockedByRefusal(view.item, requestFingerprint(request), view.attempt);
  if (!blocked) return undefined;
  // Meanwhile it may have waited for something else.
  const why = `ItGoesForward refused the listing: ${refusal?.reason}.`;
  return { ...blocked, state: 'Listing', why, waits: undefined, unmappedTerm: undefined };
}

export function listArticle(view: UnlistedView): NextStep | undefined {
  const request = requestOf(view);
  if (!request) return undefined;
  return {
    state: 'Listing',
    why: 'The return is authorized, and the article can go to another customer.',
    action: listReturn({ request, checkFirst: isPending(view.item, 'list') }),
  };
}

export const nothingKnown = ({ item }: UnlistedView): NextStep => unchanged(item);
