/**
 * The rules of the bridge, in two ordered lists. The first action rule that fits wins, so the order of the list is
 * part of the rules. For example, a return that is over at the merchant is closed before people must map its
 * texts. A reserved unit is released before a refused or unanswered call can delay this, and a delivered
 * shipment is reported to IGF before the listing could be cancelled.
 *
 * `actionRules` follows the life of a return. First comes another attempt's claim. Rules before the listing
 * follow: the merchant's decision, articles that can't be forwarded, unknown or missing values, and the
 * listing. Rules after the listing are last: refund, delivery, match, cancellation, and otherwise IGF's
 * reports. All of `attentionRules` that fit are asked for, in their order: money, what the action itself needs,
 * buyers without an article, work for the warehouse, deadlines and carriers.
 *
 * A new rule is an entry here, a function in `rules/`, and a situation in `test/unit/decide/rules.test.ts`.
 * The functions for matches are in `lib/matching/rules.ts`.
 */
import * as match from '../matching/rules.ts';
import { waitsTooLong } from '../returns/waiting.ts';
import { readUnknownBuyer } from '../rules/buyer.ts';
import {
  type Ask,
  anyReturn,
  listed,
  type NamedStep,
  type NextStep,
  type Rule,
  unlisted,
} from '../rules/rule.ts';
import { followIgf, waitForClaim } from '../rules/steps.ts';
import * as attention from './rules/attention.ts';
import * as cancellation from './rules/cancellation.ts';
import * as changes from './rules/changes.ts';
import * as creditMemo from './rules/credit-memo.ts';
import * as forwarding from './rules/forwarding.ts';
import * as listing from './rules/listing.ts';
import * as merchant from './rules/merchant.ts';
import * as money from './rules/money.ts';
import * as normal from './rules/normal-return.ts';
import * as units from './rules/units.ts';
import * as waiting from './rules/waiting.ts';

/** What the bridge does. */
export const actionRules: readonly Rule<[], NextStep>[] = [
  anyReturn('claimed-by-another-attempt', 'Another attempt is calling IGF: wait.', waitForClaim),

  unlisted('already-closed', 'It is closed: nothing is left to do.', merchant.alreadyClosed),
  unlisted('ended-by-merchant', 'The merchant ended it before it was listed: close it.', merchant.close),
  unlisted(
    'regular-return-made',
    'It is a regular return at IGF: nothing is left to do.',
    normal.alreadyMade,
  ),
  unlisted(
    'find-regular-return',
    'An unanswered call may have made a regular return: check at IGF.',
    normal.findMade,
  ),
  unlisted('regular-return', 'Policy `regularReturns`: make one at IGF.', normal.makeRegularReturn),
  unlisted(
    'certain-no',
    'Its texts, units, price, currency or country rule out another customer.',
    normal.certainNo,
  ),
  unlisted(
    'reported-by-other-family',
    'The other family of webhooks reported its RMA first.',
    normal.reportedByOtherFamily,
  ),
  unlisted(
    'units-promised',
    'All units that were sent are promised or back at the merchant.',
    units.unitsArePromised,
  ),
  unlisted(
    'decided-in-part',
    'Its RMA describes some of its items: a person must see which.',
    merchant.decidedInPart,
  ),
  unlisted('status-unknown', 'Its status is not documented: a person must map it.', merchant.statusUnknown),
  unlisted('not-authorized-yet', 'The merchant has not authorized it: wait.', merchant.notAuthorizedYet),
  unlisted('no-unit-authorized', 'No unit of it is authorized yet: wait.', merchant.noUnitAuthorized),
  unlisted('unmapped-term', 'One of its texts is unknown: a person must map it.', listing.unmappedTerm),
  unlisted(
    'unusable-value',
    'A value that a listing needs is unusable: a person must decide.',
    listing.unusableValue,
  ),
  unlisted('awaiting-shipment', 'Customer or price is unknown: wait.', listing.awaitingShipment),
  unlisted('not-with-customer', 'Its shipment has not reached the customer: wait.', listing.notWithCustomer),
  unlisted(
    'warehouse-label',
    'Policy `trackedReturns=hold`: its RMA has a return label of the warehouse.',
    listing.hasWarehouseLabel,
  ),
  unlisted('listed-too-often', 'It was listed three times: a person must decide.', changes.listedTooOften),
  unlisted(
    'check-forwardability',
    'Policy `checkForwardable`: check at IGF first.',
    listing.checkForwardability,
  ),
  unlisted('unavailable-at-igf', 'IGF says that it can not be forwarded.', normal.unavailableAtIgf),
  unlisted('listing-refused', 'IGF refused this listing: do not repeat the call.', listing.listingRefused),
  unlisted('list', 'The article can be forwarded: list it.', listing.listArticle),
  unlisted('nothing-known', 'No webhook has named its article: wait.', listing.nothingKnown),

  listed('release-match', 'It can not serve the reserved unit: release the unit.', match.releaseUnit),
  listed('settled', 'The refund is settled: nothing is left to do.', money.settled),
  listed('refund-settled', 'The refund that was due is paid.', money.refundSettled),
  listed(
    'delivery-refused',
    'IGF refused to set it delivered: a person must look.',
    forwarding.deliveryRefused,
  ),
  listed(
    'deliver-shipment',
    'Its shipment is delivered: set it delivered at IGF.',
    forwarding.deliverShipment,
  ),
  listed('withdraw-order', 'It can not serve its match any more: withdraw the order.', match.withdrawOrder),
  listed('place-order', 'It can serve a shipment of another order: order it at IGF.', match.placeOrder),
  listed('confirm-order', 'It is ordered for that shipment: confirm the order.', match.confirmOrder),
  listed(
    'cancellation-refused',
    'IGF refused to cancel: do not repeat it.',
    cancellation.cancellationRefused,
  ),
  listed(
    'cancel-listing',
    'The merchant ended it, or its unit was never sent: cancel its listing.',
    cancellation.cancelEndedReturn,
  ),
  listed(
    'withdraw-listing',
    'A fact has changed, and nobody has bought it: cancel its listing, and decide anew.',
    cancellation.withdrawUnsold,
  ),
  listed('buyer-unknown', "Somebody bought it: read the buyer's order at IGF.", readUnknownBuyer),
  listed('find-match', 'Policy `matchShipments`: find a shipment that it can serve.', match.findMatch),
  listed('review-match', 'It has a match: check whether that shipment still waits.', match.reviewMatch),
  listed('follow-igf', 'Otherwise: store what IGF reports.', followIgf),
];

/** What people must do. */
export const attentionRules: readonly Rule<[step: NamedStep], string | Ask>[] = [
  listed(
    'closed-unrefunded',
    'The return ended without the refund that is due: pay the sender.',
    money.closedUnrefunded,
  ),
  listed('refund-due', 'IGF announced the refund, or the parcel is lost: pay the sender.', money.refundDue),
  listed(
    'refund-presumed',
    'It arrived `refundPresumedHours` ago, and IGF announced no refund: look there, then pay.',
    money.refundPresumed,
  ),
  listed(
    'closed-for-several',
    'Its RMA of several items is processed: see which are paid.',
    money.closedForSeveral,
  ),
  listed('other-resolution', "The merchant's resolution is no refund, or unknown.", money.otherResolution),
  listed('unclear-credit-memo', 'A credit memo may mean several returns: see which.', creditMemo.unclearMemo),
  listed('reversed-credit-memo', 'A credit memo takes a refund back: check it.', creditMemo.reversedMemo),
  listed('other-amount', 'A credit memo has another amount: check it.', creditMemo.otherAmount),
  listed('unpaid-too-long', 'It is unpaid 14 days after its request.', money.unpaidTooLong),

  anyReturn('needed-to-go-on', 'The action itself needs a person.', attention.neededToGoOn),
  listed(
    'handed-in-after-all',
    'It was handed in after its end: stop the replacement.',
    attention.handedInAfterAll,
  ),
  listed('parcel-lost', 'The carrier lost it: serve the buyer from stock.', attention.parcelLost),
  listed(
    'serve-from-stock',
    'The forwarding ended with a buyer: serve the buyer from stock.',
    attention.serveFromStock,
  ),
  listed(
    'check-arrival',
    'The merchant reports it as received while it is underway: check what arrived.',
    attention.checkArrival,
  ),
  listed(
    'changed-after-sale',
    'A fact has changed since it was listed, and it has a buyer: a person must decide.',
    changes.changedAfterSale,
  ),
  listed(
    'changed-too-often',
    'Its price or its sender changed again after three listings: correct the listing by hand.',
    changes.changedTooOften,
  ),
  listed(
    'decided-in-part-later',
    'Its RMA describes some of its items after it was listed: a person must see which.',
    changes.decidedInPartAfterListing,
  ),
  anyReturn(
    'missing-from-rma',
    'A later delivery of its RMA does not name it, and nobody has bought it.',
    changes.missingFromRma,
  ),
  listed('hold-shipment', 'The bridge ordered it for a shipment: hold that shipment.', match.holdShipment),
  listed(
    'served-twice',
    'The warehouse also sends the article to its buyer: hold that shipment.',
    match.servedTwice,
  ),
  listed('order-by-hand', 'Policy `matchShipments=suggest`: order it at IGF.', match.orderByHand),
  listed(
    'label-reminder',
    'Its deadline is near and it has no label: remind the sender.',
    attention.labelReminder,
  ),
  anyReturn(
    'reported-by-both',
    'The other family of webhooks reported its RMA later, with the same ids: register one family.',
    normal.reportedByBoth,
  ),
  anyReturn('unusable-item', 'An item of its RMA could not be read: see the webhook.', merchant.unusableItem),
  anyReturn(
    'carrier-exception',
    'The carrier reports a problem with its shipment: ask the carrier.',
    attention.carrierException,
  ),
  unlisted(waitsTooLong, 'It has waited for a day: get what it waits for.', waiting.askAfterADay),
];
