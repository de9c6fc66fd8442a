import type { Policy } from '../config/policy.ts';
import type { Action } from '../decide/actions.ts';
import type { Decision, DecisionContext } from '../decide/decision.ts';
import { type IgfProgress, igfProgress } from '../decide/igf-progress.ts';
import { endedByMerchant, type MerchantEnd } from '../decide/merchant-end.ts';
import type { Address } from '../facts/facts.ts';
import { articleOf } from '../returns/article.ts';
import { readCustomer } from '../returns/customer.ts';
import type { Match } from '../returns/match.ts';
import type { OrderSnapshot, Shipment } from '../returns/order.ts';
import { servedTwiceText } from '../returns/related-shipments.ts';
import type { ReturnItem, ReturnState } from '../returns/return-item.ts';

const waitingStatuses: readonly (string | undefined)[] = ['READY_FOR_PICKUP', 'UNKNOWN', undefined];

/** Whether the warehouse can still keep the shipment back. */
export const isUncollected = ({ status, collectedAt, deliveredAt }: Shipment): boolean =>
  !collectedAt && !deliveredAt && waitingStatuses.includes(status);

const plain = (text: string | undefined): string => (text ?? '').replaceAll(/\s/g, '').toLowerCase();
const place = ({ street, houseNumber, postcode, city, country }: Address): string =>
  [street, houseNumber, postcode, city, country].map(plain).join('|');

/** The same person is the same email; where one has none, the same address. */
function isSamePerson(one: Address, other: Address): boolean {
  if (one.email && other.email) return plain(one.email) === plain(other.email);
  return place(one) === place(other);
}

/**
 * Whether a listed article could go to the receiver of this shipment: one piece of the same article for somebody else,
 * which the warehouse has not handed over. Who is not known as a customer of IGF's is nobody's receiver.
 */
export function canFulfil(order: OrderSnapshot, item: ReturnItem, shipment: Shipment | undefined): boolean {
  const article = articleOf(order, item);
  const receiver = shipment?.address;
  if (!shipment || !article?.address || !receiver) return false;
  return (
    isUncollected(shipment) &&
    shipment.items.some(({ sku }) => sku === article.sku) &&
    'customer' in readCustomer(receiver) &&
    !isSamePerson(receiver, article.address)
  );
}

/** Whether the article of a return can be had at IGF, one piece of it, as far as is known. */
export function isAvailable(order: OrderSnapshot, item: ReturnItem, policy: Policy): boolean {
  const { state, listingId, igf } = item;
  if (state !== 'Listed' || listingId === undefined || igf?.listing?.status === 'Pending') return false;
  if (endedByMerchant(order, item, policy) || articleOf(order, item)?.quantity !== 1) return false;
  return igfProgress(igf ?? { events: [] }, { price: undefined, fee: undefined }).state === 'Listed';
}

/** From the last of these on the parcel is with the carrier. */
const open: ReadonlySet<ReturnState> = new Set(['Listed', 'Matched', 'Labelled']);

const of = ({ shipmentId, orderId }: Match): string => `shipment ${shipmentId} of order ${orderId}`;

/** What the match asks of IGF, if it asks anything: an order that is placed must be confirmed or taken back. */
export function orderAtIgf(
  item: ReturnItem,
  listingId: number,
  life: IgfProgress,
  over: MerchantEnd | undefined,
  { policy }: DecisionContext,
): Decision | undefined {
  const { match, pendingCall } = item;
  if (!match) return undefined;
  const decided = (why: string, action: Action): Decision => ({ ...life, why, action });
  const isWanted =
    policy.matchShipments === 'on' &&
    !over &&
    !match.unwanted &&
    item.state !== 'Cancelling' &&
    open.has(life.state);
  switch (match.phase) {
    case 'reserved':
      if (!isWanted || life.state !== 'Listed') return undefined;
      return decided(`It can serve ${of(match)}: it is being ordered for it.`, {
        kind: 'place',
        listingId,
        match,
        checkFirst: false,
      });
    case 'ordering':
    case 'committed': {
      if (!isWanted) {
        return decided(`It can not serve ${of(match)} any more: its order is taken back.`, {
          kind: 'withdraw',
          listingId,
          match,
        });
      }
      if (match.phase === 'committed') {
        return decided(`It is ordered for ${of(match)}.`, {
          kind: 'confirm',
          listingId,
          match,
          checkFirst: pendingCall?.operation === 'confirm',
        });
      }
      return decided(`It can serve ${of(match)}: whether it is ordered for it is being found out.`, {
        kind: 'place',
        listingId,
        match,
        checkFirst: true,
      });
    }
    default:
      return undefined;
  }
}

/** A unit that the article can't serve (any more) is given back before anything else is done. */
export function releaseMatch(order: OrderSnapshot, item: ReturnItem, policy: Policy): Action | undefined {
  const { match } = item;
  if (!match || !['requested', 'reserved', 'releasing'].includes(match.phase)) return undefined;
  const isOffered = policy.matchShipments !== 'off' && isAvailable(order, item, policy);
  return match.phase === 'releasing' || !isOffered ? { kind: 'release', match } : undefined;
}

/** What is left to do when nothing else is: find a shipment to serve, or see whether the found one still waits. */
export function followMatch(order: OrderSnapshot, item: ReturnItem, policy: Policy): Action | undefined {
  const { match } = item;
  if (!match) {
    const isWanted = policy.matchShipments !== 'off' && isAvailable(order, item, policy);
    return isWanted ? { kind: 'reserve' } : undefined;
  }
  const isReviewed =
    match.phase === 'confirmed' ? !match.unwanted && open.has(item.state) : match.phase !== 'releasing';
  return isReviewed ? { kind: 'review', match } : undefined;
}

/** What a human could do, where the policy leaves it to one. */
export function suggestion(item: ReturnItem, life: IgfProgress, policy: Policy): string | undefined {
  const { match, listingId } = item;
  if (policy.matchShipments !== 'suggest' || match?.phase !== 'reserved' || life.state !== 'Listed')
    return undefined;
  return `Shipment ${match.shipmentId} of order ${match.orderId} could be served by listing ${listingId}: hold it and place the order at ItGoesForward.`;
}

/** What the warehouse must do once the bridge has ordered the article for a shipment. */
export function shipmentToHold({ match, listingId }: ReturnItem, life: IgfProgress): string | undefined {
  if (match?.phase !== 'confirmed' || !['Matched', 'Labelled'].includes(life.state)) return undefined;
  if (match.unwanted) return servedTwiceText(match.shipmentId, listingId);
  return `Hold shipment ${match.shipmentId} of order ${match.orderId}: the article comes from another customer.`;
}
