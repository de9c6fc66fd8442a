import { knownMeaning } from '../scenarios/texts.ts';
import type { Fields, ReturnInputs, RmaReport } from './inputs.ts';
import { listingOf, shipmentsOf, unitsOf } from './listing.ts';
import { isDeficient } from './money.ts';
import { type Expected, result } from './result.ts';
import { documented, endOf, isPartly } from './statuses.ts';

const badReasons = ['broken', 'other_bad_condition', 'wrong_item'];
const countries = ['NL', 'BE', 'DE', 'AT', 'FR'];

/** More returns ask for units than were sent. */
export const tooManyUnits = /More units come back than were sent/;

/** What is decided about a return that is not listed, from the reports until then. */
export function decided(inputs: ReturnInputs, reports: readonly RmaReport[], at: number): Expected {
  const known = reports.filter(isDocumented);
  const last = reports.at(-1);
  const furthest = known.findLast(({ own, header }) => (own ?? header.status) !== 'pending') ?? known.at(-1);
  const report = furthest ?? last;
  if (!report) return result('Requested');
  const { fields, header, own } = report;
  const listing = listingOf(inputs, report, at);
  const country = listing?.country ?? 'NL';
  const { releasedAt = Number.POSITIVE_INFINITY } = inputs;
  const counting = releasedAt <= at ? reports.filter((each) => each.at > releasedAt) : reports;
  if (isRuledOut(inputs, counting, report) || !countries.includes(country)) return result('NotForwardable');
  if (inputs.memos.some((memo) => memo.at <= at && isDeficient(memo))) {
    return result('NotForwardable', { asks: [tooManyUnits] });
  }

  const { reason, condition, resolution } = meanings(fields);
  const exceptions = inputs.shipments.filter(({ fields: { status } }) => status === 'EXCEPTION');
  const isStopped = shipmentsOf(inputs, at).some(({ status }) => status === 'EXCEPTION');
  const isUnknown = last !== undefined && !isDocumented(last);
  const alsoAsks = [
    ...(isUnknown && last.whenListed ? [/Map the status/] : []),
    ...(isStopped ? [/The carrier reports a problem/] : []),
    ...(isMissing(inputs) ? [/is missing from a later delivery of RMA/] : []),
  ];
  const waiting = (state: string, ...asks: RegExp[]): Expected =>
    result(state, { asks: [...asks, ...alsoAsks] });
  const status = own ?? String(header.status);
  const isPending = status === 'pending' || (status === 'partially_authorized' && fields.qty_approved === 0);
  // Once it is listed, people are asked, and it stays listed.
  const isUnderway = isStopped && exceptions.some(({ whenListed }) => !whenListed);

  const inPart = inputs.reports.filter((sent) => isPartly(inputs, sent));
  const part = /is decided in part: see at Winkelstraat which items/;
  const isReadable = reason && condition && resolution;
  const { trackedReturns, sku } = inputs.settings;
  const isHeld = trackedReturns === 'hold' && Boolean(header.track ?? header.track_number);
  const hasNumber = sku === 'winkelstraat' || listing?.request.sku !== undefined;
  const isUsable = listing?.isEmail && hasNumber;
  const isListable = !isPending && isReadable && isUsable && !isUnderway && !isHeld && known.length > 0;
  if (inPart.length > 0 && !isListable) return waiting('Requested', part);
  if (known.length === 0 || (isUnknown && !last.whenListed))
    return waiting('Requested', /^Map the status of the return/);
  if (isPending) return waiting('Requested');
  if (!isReadable) return waiting('NeedsMapping', /^Map the text/);
  if (!listing) return waiting('AwaitingShipment');
  if (!isUsable) {
    const number = hasNumber ? [] : [/The article has no number with its size/];
    return waiting('Requested', ...number, ...(listing.isEmail ? [] : [/e-mail address/]));
  }
  if (isUnderway) return waiting('AwaitingShipment');
  if (isHeld) return waiting('Requested');
  return {
    ...waiting('Listed', ...(inPart.length > 0 ? [part] : [])),
    // What was reported in part before it was listed holds it.
    states: inPart.every(({ whenListed }) => whenListed) ? ['Listed'] : ['Listed', 'Requested'],
    listings: [listing.request],
  };
}

const isDocumented = ({ own, header }: RmaReport): boolean =>
  documented.includes(own ?? String(header.status));

/** What rules out another customer, whatever else is known. */
function isRuledOut(inputs: ReturnInputs, counting: readonly RmaReport[], report: RmaReport): boolean {
  const { family, itemCount, settings } = inputs;
  return (
    [...counting, report].some(({ fields }) => hasBadText(fields)) ||
    (settings.forward === 'single-item' && itemCount > 1) ||
    unitsOf(inputs, report) !== 1 ||
    (family === 'stock-hub' && report.header.currency !== 'EUR')
  );
}

/** The last delivery of its RMA does not name it. */
const isMissing = (inputs: ReturnInputs): boolean =>
  inputs.reports.some((report) => !report.isNamed && !endOf(inputs, report));

const meanings = (fields: Fields) => ({
  reason: knownMeaning.reason(fields.reason),
  condition: knownMeaning.condition(fields.condition),
  resolution: knownMeaning.resolution(fields.resolution),
});

function hasBadText(fields: Fields): boolean {
  const { reason, condition, resolution } = meanings(fields);
  return badReasons.includes(String(reason)) || condition === 'bad' || resolution === 'other';
}
