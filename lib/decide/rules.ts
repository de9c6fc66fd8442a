/**
 * The rules of the bridge, in two ordered lists. The first rule that fits wins, so the order of a list is part of what it
 * says: a return that is over at the merchant is closed before anybody is asked to map its texts, a reserved unit is given
 * back before a refused or unanswered call can stand in its way, and a delivered shipment is reported before its listing
 * would be cancelled.
 *
 * `actionRules` follows the life of a return: another attempt's claim, then before the listing (what the merchant decided,
 * what rules another customer out, what is unknown or missing, the listing), then after it (delivery, match, cancellation,
 * refund, and otherwise what IGF reports). `attentionRules` puts first what the step itself needs, then money, then buyers
 * without an article, then what the warehouse must do, then deadlines and carriers: a return asks one thing at a time.
 *
 * A new rule is an entry here, a function in `rules/`, and a situation in `test/unit/decide/rules.test.ts`.
 */
import type { NextStep } from './decision.ts';
import { anyReturn, listed, type Rule, unlisted } from './decision.ts';
import * as ask from './rules/attention.ts';
import * as forwarding from './rules/forwarding.ts';
import * as listing from './rules/listing.ts';
import * as match from './rules/match.ts';
import * as merchant from './rules/merchant.ts';
import * as normal from './rules/normal-return.ts';
import { waitForClaim } from './steps.ts';

/** What to do. */
export const actionRules: readonly Rule<[], NextStep>[] = [
  anyReturn('claimed-by-another-attempt', 'Another attempt is calling IGF: wait.', waitForClaim),

  unlisted('already-closed', 'It is closed: nothing is left to do.', merchant.alreadyClosed),
  unlisted('ended-by-merchant', 'The merchant ended it before it was listed: close it.', merchant.close),
  unlisted('regular-return-made', 'It is a regular return at IGF: done.', normal.alreadyMade),
  unlisted('find-regular-return', 'A call without an answer may have made one: check.', normal.findMade),
  unlisted('not-authorized-yet', 'The merchant has not authorized it: wait.', merchant.notAuthorizedYet),
  unlisted('no-unit-authorized', 'No unit of it is authorized yet: wait.', merchant.noUnitAuthorized),
  unlisted('approved-number-unknown', 'How many are approved? Ask.', merchant.approvedNumberUnknown),
  unlisted('regular-return', 'Policy `regularReturns`: make one at IGF.', normal.regularReturn),
  unlisted('certain-no', 'What is known of it rules another customer out.', normal.certainNo),
  unlisted('unmapped-term', 'One of its texts is unknown: ask to map it.', listing.unmappedTerm),
  unlisted('no-customer-name', 'Its customer has no name: ask.', listing.noCustomerName),
  unlisted('awaiting-shipment', 'Customer or price is unknown: wait.', listing.awaitingShipment),
  unlisted('check-forwardability', 'Policy `checkForwardable`: ask IGF first.', listing.checkForwardability),
  unlisted('unavailable-at-igf', 'IGF says that it can not be forwarded.', normal.unavailableAtIgf),
  unlisted('listing-refused', 'IGF refused this listing: do not repeat the call.', listing.listingRefused),
  unlisted('list', 'Nothing stands against it: list it.', listing.list),
  unlisted('nothing-known', 'No webhook has named its article: nothing can be done.', listing.nothingKnown),

  listed('release-match', 'It can not serve the reserved unit: release the unit.', match.releaseMatch),
  listed('delivery-refused', 'IGF refused to set it delivered: ask.', forwarding.deliveryRefused),
  listed('deliver-shipment', 'Its shipment is delivered: set it so at IGF.', forwarding.deliverShipment),
  listed('withdraw-order', 'It can not serve its match any more: withdraw the order.', match.withdrawOrder),
  listed('place-order', 'It can serve a shipment of another order: order it at IGF.', match.placeOrder),
  listed('confirm-order', 'It is ordered for that shipment: confirm the order.', match.confirmOrder),
  listed('cancellation-refused', 'IGF refused to cancel: do not repeat it.', forwarding.cancellationRefused),
  listed('cancel-listing', 'The merchant ended it: cancel its listing.', forwarding.cancelListing),
  listed('refund-settled', 'The merchant processed the refund that was due.', forwarding.refundSettled),
  listed('find-match', 'Policy `matchShipments`: find a shipment that it can serve.', match.findMatch),
  listed('review-match', 'It has a match: look whether that still waits.', match.reviewMatch),
  listed('follow-igf', 'Otherwise: store what IGF reports.', forwarding.followIgf),
];

/** What to ask people. */
export const attentionRules: readonly Rule<[step: NextStep], string>[] = [
  anyReturn('needed-to-go-on', 'The action waits for a person.', ask.neededToGoOn),

  listed('closed-unrefunded', 'The RMA ended and the sender is still to be paid.', ask.closedUnrefunded),
  listed('refund-due', 'IGF announced the refund: pay the sender.', ask.refundDue),
  listed('refund-unannounced', 'It arrived 48 hours ago: pay the sender.', ask.refundUnannounced),
  listed('handed-in-after-all', 'It is underway after its end: stop the replacement.', ask.handedInAfterAll),
  listed('parcel-lost', 'The carrier lost it: serve the buyer, pay the sender.', ask.parcelLost),
  listed('serve-from-stock', 'The forwarding ended and a buyer waits.', ask.serveFromStock),
  listed('check-arrival', 'The merchant ended it while it was underway.', ask.checkArrival),
  listed('hold-shipment', 'The bridge ordered it for a shipment: hold that one.', match.holdShipment),
  listed('served-twice', 'The warehouse sends its buyer the same article.', match.servedTwice),
  listed('order-by-hand', 'Policy `matchShipments=suggest`: people order it.', match.orderByHand),
  listed('label-reminder', 'Its deadline is near and it has no label.', ask.labelReminder),
  listed('still-asked', 'It is being cancelled: what was asked stays.', ask.stillAsked),
  anyReturn('carrier-exception', 'The carrier reports a problem with its shipment.', ask.carrierException),
];
