import { followMatch, orderAtIgf, releaseMatch, shipmentToHold, suggestion } from '../matching/rules.ts';
import { articleOf } from '../returns/article.ts';
import type { IgfState } from '../returns/igf-state.ts';
import { cancelFingerprint } from '../returns/listing-request.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { ReturnItem, ReturnState } from '../returns/return-item.ts';
import { blockedByRefusal, type Decision, type DecisionContext, noAction, unchanged } from './decision.ts';
import { type IgfProgress, igfProgress } from './igf-progress.ts';
import type { MerchantEnd } from './merchant-end.ts';
import { deliver, servedTwice } from './related-shipment-rules.ts';
import { remindInTime } from './reminder.ts';
import { withUnannouncedRefund } from './unannounced-refund.ts';

/** States in which a listing stands at IGF and can be cancelled. */
const cancellable: ReadonlySet<ReturnState> = new Set(['Listed', 'Matched', 'Labelled']);
/** From here on the article is with the carrier or with its next owner. */
const underway: ReadonlySet<ReturnState> = new Set(['Shipped', 'Completed']);

/** The item has, or had, a listing: what IGF told says where it stands, what the merchant told may end it. */
export function afterListing(
  order: OrderSnapshot,
  item: ReturnItem,
  listingId: number,
  over: MerchantEnd | undefined,
  context: DecisionContext,
): Decision {
  const told = igfStateOf(item);
  const terms = { price: articleOf(order, item)?.price, fee: item.opening?.returnFee };
  const asTold = withUnannouncedRefund(igfProgress(told, terms), item, terms, context.now);
  const life = remindInTime(asTold, told, context.now);
  const delivery = deliver(item, life, context);
  if (delivery) return delivery;
  const released = releaseMatch(order, item, context.policy);
  if (released) return unchanged(item, released);
  const matched = orderAtIgf(item, listingId, life, over, context);
  if (matched) return matched;
  if (cancellable.has(life.state) && (over || item.state === 'Cancelling')) {
    const why = over ? `The return is over: ${over.why}.` : 'Its cancellation was begun.';
    return cancel(item, listingId, why, life, context);
  }
  if (over && underway.has(life.state)) return settle(item, life, over);
  const attention =
    shipmentToHold(item, life) ?? servedTwice(item, life) ?? suggestion(item, life, context.policy);
  const followed = follow(item, { ...life, attention: attention ?? life.attention });
  return {
    ...followed,
    action: followMatch(order, { ...item, state: life.state }, context.policy) ?? followed.action,
  };
}

/** Our own cancel is known before IGF tells it; a matching deadline that passes afterwards says nothing more. */
function igfStateOf({ state, igf }: ReturnItem): IgfState {
  const told = igf ?? { events: [] };
  if (state !== 'Cancelled') return told;
  return { ...told, listing: { ...told.listing, status: 'Cancelled' }, polledAt: undefined };
}

/** A reason that was given for the state stands while the state does: it knows more than the general one. */
const follow = (item: ReturnItem, { state, why, attention, refundDue }: IgfProgress): Decision => ({
  state,
  why: state === item.state ? item.why : (whyCancelled(item, state) ?? why),
  attention,
  refundDue,
  action: noAction,
});

/** IGF may tell of our own cancel before its answer reached us, if that ever does: then it was not the customer. */
const whyCancelled = (item: ReturnItem, state: ReturnState): string | undefined =>
  item.state === 'Cancelling' && state === 'Cancelled'
    ? `${item.why} Listing ${item.listingId} is cancelled at ItGoesForward.`
    : undefined;

function cancel(
  item: ReturnItem,
  listingId: number,
  why: string,
  { attention, refundDue }: IgfProgress,
  { attempt }: DecisionContext,
): Decision {
  return (
    blockedByRefusal(item, cancelFingerprint(listingId), attempt) ?? {
      state: 'Cancelling',
      why,
      attention: attention ?? item.attention,
      refundDue,
      action: { kind: 'cancel', listingId, checkFirst: item.pendingCall?.operation === 'cancel' },
    }
  );
}

const settling = ['approved', 'approved_on_item', 'processed_closed'];
const refusing = ['denied', 'rejected', 'rejected_on_item', 'closed'];

/** The merchant ended a return whose article is with the carrier or its next owner: money is what is left. */
function settle(item: ReturnItem, life: IgfProgress, { why: over, statuses }: MerchantEnd): Decision {
  const says = (list: readonly string[]): boolean => statuses.some((status) => list.includes(status));
  if (life.refundDue && says(settling)) {
    return {
      state: 'Settled',
      why: `The article was forwarded and the merchant settled it: ${over}.`,
      refundDue: false,
      action: noAction,
    };
  }
  if (life.refundDue && says(refusing)) {
    const attention = `Closed unrefunded: ${over}, and the sender is still to be paid. Pay the sender, or reopen the RMA at Winkelstraat.`;
    return { ...follow(item, life), attention };
  }
  const attention = `Winkelstraat says that ${over}, but the article was forwarded to its buyer: check what arrived, and what the sender is owed.`;
  return { ...follow(item, life), attention: life.attention ?? attention };
}
