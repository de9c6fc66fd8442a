/**
 * The rules of the bridge by name, in two ordered lists. `docs/life-of-a-return.md` says of each when it fits.
 *
 * Of `actionRules` the first that fits wins, so the order is part of the rules. They follow the life of a return:
 * another attempt's claim, the merchant's decision, articles that can't be forwarded, unknown or missing values, the
 * listing, and after it refund, delivery, match, cancellation, and otherwise IGF's reports. So a return that is over is
 * closed before people must map its texts, and a delivered shipment is reported before the listing could be cancelled.
 * Of `attentionRules` all that fit count, in their order, money first.
 *
 * A new rule is an entry here, a function in `rules/` (of a match in `lib/matching/rules.ts`), a line in that page, and
 * a situation in `test/unit/decide/rules.test.ts`.
 */
import * as match from '../matching/rules.ts';
import { type Ask, followIgf, type NamedStep, type NextStep, waitForClaim } from '../rules/steps.ts';
import type { ListedView, ReturnView, UnlistedView } from '../rules/view.ts';
import * as attention from './rules/attention.ts';
import * as changes from './rules/changes.ts';
import * as forwarding from './rules/forwarding.ts';
import * as listing from './rules/listing.ts';
import * as merchant from './rules/merchant.ts';
import * as money from './rules/money.ts';
import * as normal from './rules/normal-return.ts';

/** A rule. `Given` is its input beside the view. */
interface Rule<Given extends unknown[], Result> {
  /** The returns that it applies to. */
  stage: ReturnView['stage'] | 'any';
  /** @returns `undefined` when it does not fit */
  apply(view: ReturnView, ...given: Given): Result | undefined;
}

/** Makes rules that apply only to the returns of one stage. */
const concerning =
  <View extends ReturnView>(stage: View['stage']) =>
  <Given extends unknown[], Result>(
    apply: (view: View, ...given: Given) => Result | undefined,
  ): Rule<Given, Result> => {
    const isConcerned = (view: ReturnView): view is View => view.stage === stage;
    return { stage, apply: (view, ...given) => (isConcerned(view) ? apply(view, ...given) : undefined) };
  };

const unlisted = concerning<UnlistedView>('unlisted');
const listed = concerning<ListedView>('listed');
const anyReturn = <Given extends unknown[], Result>(
  apply: Rule<Given, Result>['apply'],
): Rule<Given, Result> => ({ stage: 'any', apply });

export const actionRules: Readonly<Record<string, Rule<[], NextStep>>> = {
  'claimed-by-another-attempt': anyReturn(waitForClaim),

  'already-closed': unlisted(merchant.alreadyClosed),
  'ended-by-merchant': unlisted(merchant.close),
  'personal-data-deleted': unlisted(merchant.personalDataDeleted),
  'regular-return-made': unlisted(normal.alreadyMade),
  'find-regular-return': unlisted(normal.findMade),
  'regular-return': unlisted(normal.makeRegularReturn),
  'certain-no': unlisted(normal.certainNo),
  'reported-by-other-family': unlisted(normal.reportedByOtherFamily),
  'units-promised': unlisted(normal.unitsArePromised),
  'decided-in-part': unlisted(merchant.decidedInPart),
  'status-unknown': unlisted(merchant.statusUnknown),
  'not-authorized-yet': unlisted(merchant.notAuthorizedYet),
  'no-unit-authorized': unlisted(merchant.noUnitAuthorized),
  'unmapped-term': unlisted(listing.unmappedTerm),
  'unusable-value': unlisted(listing.unusableValue),
  'awaiting-shipment': unlisted(listing.awaitingShipment),
  'not-with-customer': unlisted(listing.notWithCustomer),
  'warehouse-label': unlisted(listing.hasWarehouseLabel),
  'listed-too-often': unlisted(changes.listedTooOften),
  'check-forwardability': unlisted(listing.checkForwardability),
  'unavailable-at-igf': unlisted(normal.unavailableAtIgf),
  'listing-refused': unlisted(listing.listingRefused),
  list: unlisted(listing.listArticle),
  'nothing-known': unlisted(listing.nothingKnown),

  'release-match': listed(match.releaseUnit),
  settled: listed(money.settled),
  'refund-settled': listed(money.refundSettled),
  'delivery-refused': listed(forwarding.deliveryRefused),
  'deliver-shipment': listed(forwarding.deliverShipment),
  'withdraw-order': listed(match.withdrawOrder),
  'place-order': listed(match.placeOrder),
  'confirm-order': listed(match.confirmOrder),
  'cancellation-refused': listed(changes.cancellationRefused),
  'cancel-listing': listed(changes.cancelEndedReturn),
  'withdraw-listing': listed(changes.withdrawUnsold),
  'buyer-unknown': listed(forwarding.readUnknownBuyer),
  'note-status': listed(changes.noteUnknownStatus),
  'find-match': listed(match.findMatch),
  'review-match': listed(match.reviewMatch),
  'follow-igf': listed(followIgf),
};

export const attentionRules: Readonly<Record<string, Rule<[step: NamedStep], string | Ask>>> = {
  'closed-unrefunded': listed(money.closedUnrefunded),
  'refund-due': listed(money.refundDue),
  'refund-presumed': listed(money.refundPresumed),
  'closed-for-several': listed(money.closedForSeveral),
  'other-resolution': listed(money.otherResolution),
  'unclear-credit-memo': listed(money.unclearMemo),
  'reversed-credit-memo': listed(money.reversedMemo),
  'other-amount': listed(money.otherAmount),
  'unpaid-too-long': listed(money.unpaidTooLong),

  'needed-to-go-on': anyReturn(attention.neededToGoOn),
  'handed-in-after-all': listed(attention.handedInAfterAll),
  'parcel-lost': listed(attention.parcelLost),
  'serve-from-stock': listed(attention.serveFromStock),
  'check-arrival': listed(attention.checkArrival),
  'changed-after-sale': listed(changes.changedAfterSale),
  'changed-too-often': listed(changes.changedTooOften),
  'decided-in-part-later': listed(changes.decidedInPartAfterListing),
  'status-unknown-later': listed(changes.unknownStatusAfterListing),
  'missing-from-rma': anyReturn(changes.missingFromRma),
  'hold-shipment': listed(match.holdShipment),
  'served-twice': listed(match.servedTwice),
  'order-by-hand': listed(match.orderByHand),
  'label-reminder': listed(attention.labelReminder),
  'reported-by-both': anyReturn(normal.reportedByBoth),
  'unusable-item': anyReturn(merchant.unusableItem),
  'carrier-exception': anyReturn(attention.carrierException),
  'waits-too-long': unlisted(attention.askAfterADay),
};
