/** Rules of a listed article that is matched with a shipment of another order. */
import { webshopOrderIdOf } from '../returns/listing-request.ts';
import { readTrack } from '../returns/order.ts';
import type { Match, ReturnState } from '../returns/return-item.ts';
import { whyWithdraw } from '../rules/forwardable.ts';
import { asAtIgf, followIgf, isIdle, isPending, type NextStep, unchanged } from '../rules/steps.ts';
import type { ListedView } from '../rules/view.ts';
import { confirmMatch, place, withdraw } from './match-order.ts';
import { release, reserve, review } from './matches.ts';
import { matchedOrderText } from './order-status.ts';

/** In later states the article is with the carrier. */
const open: ReadonlySet<ReturnState> = new Set(['Listed', 'Matched', 'Labelled']);
const awaited: ReadonlySet<ReturnState> = new Set(['Matched', 'Labelled']);

const shipmentText = (match: Match): string => `shipment ${match.shipmentId} of ${matchedOrderText(match)}`;

const isWanted = ({ item, policy, merchant, progress, change }: ListedView): boolean =>
  policy.matchShipments === 'on' &&
  !(progress.state === 'Listed' && whyWithdraw(item, change)) &&
  !merchant.end &&
  !item.match?.unwanted &&
  item.state !== 'Cancelling' &&
  open.has(progress.state);

/** Whether the article may serve a shipment: IGF offers it, and the return has one unit, as far as is known. */
const isOffered = ({ policy, item, progress, igf, merchant, article, change }: ListedView): boolean =>
  policy.matchShipments !== 'off' &&
  whyWithdraw(item, change) === undefined &&
  item.state !== 'Cancelling' &&
  progress.state === 'Listed' &&
  igf.listing?.status !== 'Pending' &&
  merchant.end === undefined &&
  article?.quantity === 1;

/** A unit that the article can't serve (any more) is released first. */
export function releaseUnit(view: ListedView): NextStep | undefined {
  const { match } = view.item;
  const isReserved = match?.phase === 'requested' || match?.phase === 'reserved';
  const isReleased = match?.phase === 'releasing' || (isReserved && !isOffered(view));
  return match && isReleased ? unchanged(view.item, release({ match })) : undefined;
}

/** In these phases the order may exist at IGF, so it must be confirmed or withdrawn. */
export function withdrawOrder(view: ListedView): NextStep | undefined {
  const { listingId, item } = view;
  const { match } = item;
  const isPlaced = match?.phase === 'ordering' || match?.phase === 'committed';
  if (!isPlaced || isWanted(view)) return undefined;
  return asAtIgf(view, {
    why: `The article cannot serve ${shipmentText(match)} any more, so the bridge withdraws its order.`,
    action: withdraw({ listingId, match }),
  });
}

export function placeOrder(view: ListedView): NextStep | undefined {
  const { listingId, item, progress } = view;
  const { match } = item;
  const checkFirst = match?.phase === 'ordering';
  const isReserved = match?.phase === 'reserved' && progress.state === 'Listed';
  if (!(checkFirst || isReserved) || !isWanted(view)) return undefined;
  const doing = checkFirst ? 'checking whether it is ordered' : 'ordering it';
  return asAtIgf(view, {
    why: `The article can serve ${shipmentText(match)}. The bridge is ${doing}.`,
    action: place({ listingId, match, checkFirst }),
  });
}

export function confirmOrder(view: ListedView): NextStep | undefined {
  const { listingId, item } = view;
  const { match } = item;
  if (match?.phase !== 'committed' || !isWanted(view)) return undefined;
  return asAtIgf(view, {
    why: `The article is ordered for ${shipmentText(match)}.`,
    action: confirmMatch({ listingId, match, checkFirst: isPending(item, 'confirm') }),
  });
}

export const findMatch = (view: ListedView): NextStep | undefined =>
  !view.item.match && isOffered(view) ? { ...followIgf(view), action: reserve() } : undefined;

/** The shipment may have been collected meanwhile. */
export function reviewMatch(view: ListedView): NextStep | undefined {
  const { match } = view.item;
  const isOver = match?.phase === 'confirmed' && (match.unwanted || !open.has(view.progress.state));
  return match && !isOver ? { ...followIgf(view), action: review({ match }) } : undefined;
}

/** Policy `matchShipments=suggest`: people place the order. */
export function orderByHand(view: ListedView, step: NextStep): string | undefined {
  const { item, listingId, policy, progress } = view;
  const { match } = item;
  if (!isIdle(step) || policy.matchShipments !== 'suggest') return undefined;
  if (match?.phase !== 'reserved' || progress.state !== 'Listed') return undefined;
  return `Shipment ${match.shipmentId} of ${matchedOrderText(match)} could be served by listing ${listingId}: hold it and place the order at ItGoesForward.`;
}

/** The warehouse must not send an article that the bridge has ordered from another customer. */
export function holdShipment({ item: { match }, progress }: ListedView, step: NextStep): string | undefined {
  if (!isIdle(step)) return undefined;
  if (match?.phase !== 'confirmed' || match.unwanted || !awaited.has(progress.state)) return undefined;
  return `Hold ${shipmentText(match)}: the article comes from another customer.`;
}

/** The warehouse is about to send the buyer an article that another customer sends too. */
export function servedTwice(
  { item, listingId, igf, progress, article, policy }: ListedView,
  step: NextStep,
): string | undefined {
  if (!isIdle(step) || !awaited.has(progress.state)) return undefined;
  const { match, relatedShipments } = item;
  const late = match?.phase === 'confirmed' && match.unwanted ? match : undefined;
  const buyersOrder = igf.order?.webshopOrderId;
  const label = readTrack(igf.shipment?.label);
  // Two shipments are no second delivery: the one of the return's own order, and the one with the forwarding's label.
  const duplicate =
    article && buyersOrder === webshopOrderIdOf(item, article, policy)
      ? undefined
      : relatedShipments?.find(
          ({ orderId, webshopOrderId = orderId, track, otherArticle }) =>
            webshopOrderId === buyersOrder && track !== label && !otherArticle,
        );
  const second = late ?? duplicate;
  return second && `Served twice: hold shipment ${second.shipmentId} or cancel listing ${listingId}.`;
}
