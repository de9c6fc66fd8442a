/** Rules of an article that can't go to another customer: its normal return goes on, or becomes a regular one at IGF. */
import { wait } from '../../actions/explain.ts';
import { regularReturn } from '../../actions/regular-return.ts';
import { readCustomer } from '../../returns/customer.ts';
import {
  listedSkuOf,
  productIdOf,
  type RegularReturnRequest,
  regularReturnFingerprint,
  requestFingerprint,
  webshopOrderIdOf,
} from '../../returns/listing-request.ts';
import { isReportedByBoth, isReportedByOtherFamily } from '../../returns/merchant-decision.ts';
import { type ReturnItem, returnId } from '../../returns/return-item.ts';
import { isBeingListed, promisedOthers, unitsPromised, unitsSent } from '../../returns/units.ts';
import {
  type Ask,
  blockedByRefusal,
  endedState,
  isPending,
  type NextStep,
  openState,
  stay,
  unchanged,
} from '../../rules/steps.ts';
import type { ReturnView, UnlistedView } from '../../rules/view.ts';

/** The facts about the article rule out another customer. */
const whyRuledOut = ({ forwardable }: UnlistedView): string | undefined =>
  forwardable?.verdict === 'no' ? `The normal return goes on: ${forwardable.why}.` : undefined;

/** Policy `checkForwardable`: IGF answered "no" for exactly this listing. */
function whyUnavailable({ item, policy, forwardable, listing }: UnlistedView): string | undefined {
  const { request, status = 'Available' } = item.forwardability ?? {};
  const isChecked = policy.checkForwardable === 'on' && !isPending(item, 'list') && status !== 'Available';
  if (!isChecked || forwardable?.verdict !== 'yes' || !listing || !('request' in listing)) return undefined;
  if (request !== requestFingerprint(listing.request)) return undefined;
  return `The normal return goes on: ItGoesForward cannot forward it (${status}).`;
}

const notForwardable = ({ item }: UnlistedView, why: string | undefined): NextStep | undefined =>
  why === undefined ? undefined : stay(item, endedState(item, 'NotForwardable'), why);

export const certainNo = (view: UnlistedView): NextStep | undefined =>
  notForwardable(view, whyRuledOut(view));

const reportedByBothText = (rmaId: string): string =>
  `RMA ${rmaId} is reported by push-api and by stock-hub. The bridge follows the one that came first. ` +
  'Register the webhooks of one family only.';

/** The other family reported this RMA first, and has its returns listed. One return of the order says it to people. */
export function reportedByOtherFamily({ order, item }: UnlistedView): NextStep | undefined {
  if (!isReportedByOtherFamily(order, item)) return undefined;
  const [first] = order.returns.filter((other) => isReportedByOtherFamily(order, other));
  const why = 'The normal return goes on: the other family of webhooks reported its RMA first.';
  const attention = reportedByBothText(item.rmaId);
  return { ...stay(item, 'NotForwardable', why), ...(first === item && { attention }) };
}

/** The other family reported the same items later. They are the returns of the first family, and one of them says it. */
export function reportedByBoth({ order, item }: ReturnView): Ask | undefined {
  if (order.returns.some((other) => isReportedByOtherFamily(order, other))) return undefined;
  const [first] = order.returns.filter((other) => isReportedByBoth(order, other));
  if (first !== item) return undefined;
  return { text: reportedByBothText(item.rmaId), task: 'reported-by-other-family' };
}

const named = (returns: readonly ReturnItem[]): string => returns.map(returnId).join(', ');

/** Each unit that was sent can be promised once. While it is unknown whether another is listed, this one waits. */
export function unitsArePromised({ order, item, now }: UnlistedView): NextStep | undefined {
  const sent = unitsSent(order, item);
  const others = promisedOthers(order, item);
  if (unitsPromised(order, others) < sent) return undefined;
  const unsure = others.filter(isBeingListed);
  if (unitsPromised(order, others) - unitsPromised(order, unsure) < sent) {
    const claims = unsure.flatMap(({ pendingCall }) => pendingCall?.until ?? []);
    const [until] = claims.filter((end) => end > now).sort();
    if (until !== undefined) return unchanged(item, wait({ until }));
    const why = `Its unit may be on offer already: it is not known whether return ${named(unsure)} is listed.`;
    return stay(item, openState(item), why, { waits: 'other-return' });
  }
  const wasSent = `${sent} ${sent === 1 ? 'unit' : 'units'} of its article ${sent === 1 ? 'was' : 'were'} sent`;
  const by = others.length > 0 ? ` Return ${named(others)} comes first.` : '';
  const why = `The normal return goes on: ${wasSent} to the customer.${by}`;
  const attention =
    `More units come back than were sent: ${wasSent} in order ${order.orderId}.${by} ` +
    `Check return ${returnId(item)} at Winkelstraat.`;
  return stay(item, endedState(item, 'NotForwardable'), why, { attention });
}

export const unavailableAtIgf = (view: UnlistedView): NextStep | undefined =>
  notForwardable(view, whyUnavailable(view));

export const alreadyMade = ({ item }: UnlistedView): NextStep | undefined =>
  item.regularReturn?.id === undefined ? undefined : unchanged(item);

/** An earlier call may have made a regular return, even if the facts about the article have changed since. */
export function findMade(view: UnlistedView): NextStep | undefined {
  if (!isPending(view.item, 'regular-return')) return undefined;
  const why = whyRuledOut(view) ?? 'The bridge is checking whether IGF made a regular return.';
  return callForRegularReturn(view, why);
}

const isAuthorized = ({ merchant: { status } }: UnlistedView): boolean =>
  status === 'authorized' || status === 'partially_authorized';

/** Policy `regularReturns`: an article that can't be forwarded becomes a regular return at IGF, once. */
export function makeRegularReturn(view: UnlistedView): NextStep | undefined {
  if (view.policy.regularReturns === 'off' || view.item.pendingCall || !isAuthorized(view)) return undefined;
  const why = whyRuledOut(view) ?? whyUnavailable(view);
  return why === undefined ? undefined : callForRegularReturn(view, why);
}

/** Without a known sender and number the call can't be made yet. */
function callForRegularReturn(view: UnlistedView, why: string): NextStep | undefined {
  const { item, article, policy, attempt } = view;
  const reading = article && readCustomer(article.address);
  const sku = article && listedSkuOf(item, article, policy);
  if (!reading || !('customer' in reading) || !sku) return undefined;
  const request: RegularReturnRequest = {
    webshopOrderId: webshopOrderIdOf(item, article, policy),
    products: [{ sku, productId: productIdOf(article, policy), quantity: article.quantity }],
    customer: reading.customer,
  };
  const checkFirst = isPending(item, 'regular-return');
  return (
    blockedByRefusal(item, regularReturnFingerprint(request), attempt) ?? {
      state: endedState(item, 'NotForwardable'),
      why,
      action: regularReturn({ request, checkFirst }),
    }
  );
}
