import { knownMeaning } from '../scenarios/texts.ts';
import type { Fields, ReturnInputs, RmaReport } from './inputs.ts';
import { listingOf, shipmentsOf, unitsOf } from './listing.ts';
import { moneyAsked, paymentOf } from './money.ts';
import { documented, endOf, isPartly } from './statuses.ts';

/** How a return item must have ended. Written from the design's rules alone: it shares no code with `lib/`. */
export interface Expected {
  /** One of these. */
  readonly states: readonly string[];
  /** Fields of the calls that list it, in order. None are made for a return that ends as Closed. */
  readonly listings: readonly Fields[];
  /** How many listings the bridge cancels. */
  readonly cancels: number;
  /** What people must do, a text for each task. */
  readonly asks: readonly RegExp[];
  /** What they may be asked as well, because that depends on the time that a run takes. */
  readonly mayAsk: readonly RegExp[];
  readonly refundDue: boolean;
}

const result = (state: string, more: Partial<Expected> = {}): Expected => ({
  ...{ states: [state], listings: [], cancels: 0, asks: [], refundDue: false },
  ...{ mayAsk: [/It has waited for more than 24 hours/], ...more },
});

const badReasons = ['broken', 'other_bad_condition', 'wrong_item'];
const countries = ['NL', 'BE', 'DE', 'AT', 'FR'];

export function expected(inputs: ReturnInputs): Expected {
  const { reports, closings } = inputs;
  const ends = [...reports.filter((report) => endOf(inputs, report)), ...closings];
  const open = whileOpen(inputs);
  if (open.listings.length === 0) return ends.length > 0 ? result('Closed') : open;
  const igf = atIgf(inputs, open);
  // From the hand-in on nothing is cancelled any more.
  const [end] = ends.filter(({ after }) => !after.includes('SHIPPED'));
  if (!end) return igf;
  return result('Cancelled', {
    states: ends.every(({ whenListed }) => whenListed) ? ['Cancelled'] : ['Cancelled', 'Closed'],
    listings: open.listings,
    cancels: open.listings.length,
    asks: end.after.includes('buy') ? [serveFromStock] : [],
  });
}

/** Another return has the only unit, or the other family of webhooks reported the RMA first. */
export function displaced(inputs: ReturnInputs): Expected {
  const { reports, closings } = inputs;
  if (closings.length > 0 || reports.some((report) => endOf(inputs, report))) return result('Closed');
  const [unit, family] = [/More units come back than were sent/, /is reported by push-api and by stock-hub/];
  const isOtherRma = inputs.rivals.some((rival) => !rival.startsWith(`${inputs.item.rmaId}/`));
  return result('NotForwardable', { asks: [isOtherRma ? unit : family] });
}

const serveFromStock = /Serve .+ from stock: the forwarding ended\./;

/** The merchant has not ended it. Facts may be corrected one after the other, and what is listed is listed anew. */
function whileOpen(inputs: ReturnInputs): Expected {
  const { reports, shipments, atIgf: happened } = inputs;
  const times = [...new Set([...reports, ...shipments].map(({ at }) => at))].sort(
    (one, other) => one - other,
  );
  const listings: Fields[] = [];
  let last = result('Requested');
  for (const at of times) {
    const sent = reports.filter((report) => report.isNamed && report.at <= at && !endOf(inputs, report));
    last = decided(inputs, sent, at);
    const [listing] = last.listings;
    if (listing && JSON.stringify(listing) !== JSON.stringify(listings.at(-1))) listings.push(listing);
  }
  if (listings.length === 0) return last;
  const made = listings.slice(0, mostListings);
  const again = { listings: made, cancels: made.length - 1 };
  if (last.listings.length > 0) {
    const tooOften = listings.length > mostListings ? [/It was listed 3 times/] : [];
    return { ...last, ...again, asks: [...last.asks, ...tooOften] };
  }
  // A fact has changed that rules it out.
  if (happened.includes('buy'))
    return { ...last, ...again, states: ['Listed'], asks: [/It was sold, and now/] };
  const states = last.states.map((state) => (state === 'NotForwardable' ? 'Cancelled' : state));
  return { ...last, listings: made, cancels: made.length, states };
}

const mostListings = 3;

/** What is decided about a return that is not listed, from these reports. */
function decided(inputs: ReturnInputs, reports: readonly RmaReport[], at: number): Expected {
  const { family, itemCount, forward } = inputs;
  const known = reports.filter(({ own, header }) => documented.includes(own ?? String(header.status)));
  const furthest = known.findLast(({ own, header }) => (own ?? header.status) !== 'pending') ?? known.at(-1);
  const report = furthest ?? reports.at(-1);
  if (!report) return result('Requested');
  const { fields, header, own } = report;
  const listing = listingOf(inputs, report, at);
  const { reason, condition, resolution } = meanings(fields);
  const isStopped = shipmentsOf(inputs, at).some(({ status }) => status === 'EXCEPTION');
  // Once it is listed, people are asked, and it stays listed.
  const waits =
    isStopped &&
    inputs.shipments.some(({ fields: { status }, whenListed }) => status === 'EXCEPTION' && !whenListed);
  const asks = isStopped ? [/The carrier reports a problem/] : [];
  const isNever =
    reports.some((sent) => isRuledOut(sent.fields)) ||
    (forward === 'single-item' && itemCount > 1) ||
    unitsOf(inputs, report) !== 1 ||
    (family === 'stock-hub' && header.currency !== 'EUR') ||
    (listing && !countries.includes(listing.country));
  if (isNever) return result('NotForwardable');
  const inPart = inputs.reports.some((sent) => isPartly(inputs, sent))
    ? [/is decided in part: see at Winkelstraat which items/]
    : [];
  const status = own ?? String(header.status);
  if (!known.length) return result('Requested', { asks: [/^Map the status of the return/, ...asks] });
  const isWaiting = status === 'pending' || (status === 'partially_authorized' && fields.qty_approved === 0);
  if (inPart.length > 0 && (isWaiting || !reason || !condition || !resolution))
    return result('Requested', { asks: [...inPart, ...asks] });
  if (isWaiting) return result('Requested', { asks });
  if (!reason || !condition || !resolution)
    return result('NeedsMapping', { asks: [/^Map the text/, ...asks] });
  if (!listing || waits) return result('AwaitingShipment', { asks });
  if (!listing.isEmail) return result('Requested', { asks: [inPart[0] ?? /e-mail address/, ...asks] });
  return result('Listed', {
    // One that is told in part before it is listed waits.
    states: inPart.length > 0 && !partCameWhenListed(inputs) ? ['Listed', 'Requested'] : ['Listed'],
    listings: [listing.request],
    asks: [...inPart, ...asks, ...(isMissing(inputs) ? [missing] : [])],
  });
}

const partCameWhenListed = (inputs: ReturnInputs): boolean =>
  inputs.reports.every((report) => report.whenListed || !isPartly(inputs, report));

/** The last delivery of its RMA does not name it. */
const isMissing = (inputs: ReturnInputs): boolean =>
  inputs.reports.some((report) => !report.isNamed && !endOf(inputs, report));
const missing = /is missing from a later delivery of RMA/;

const meanings = (fields: Fields) => ({
  reason: knownMeaning.reason(fields.reason),
  condition: knownMeaning.condition(fields.condition),
  resolution: knownMeaning.resolution(fields.resolution),
});

function isRuledOut(fields: Fields): boolean {
  const { reason, condition, resolution } = meanings(fields);
  return (reason && badReasons.includes(reason)) || condition === 'bad' || resolution === 'other';
}

/** The events at IGF decide, and what pays for it. */
function atIgf(inputs: ReturnInputs, open: Expected): Expected {
  const { atIgf: happened } = inputs;
  const has = (...events: string[]): boolean => events.some((event) => happened.includes(event));
  const serve = has('buy') ? [serveFromStock] : [];
  if (has('RETURN_CANCELED')) return { ...open, states: ['Cancelled'], asks: serve };
  if (has('RETURN_DEADLINE_PASSED')) return { ...open, states: ['DeadlinePassed'], asks: serve };
  const lost = has('lose') ? [/Parcel lost: serve .+ from stock\./] : [];
  if (has('REFUND', 'lose')) {
    if (paymentOf(inputs)) {
      return { ...open, states: ['Settled'], asks: [...moneyAsked(inputs, true), ...lost] };
    }
    const states = [has('lose') ? 'Shipped' : 'Completed'];
    return { ...open, states, refundDue: true, asks: [...moneyAsked(inputs, false), ...lost] };
  }
  if (has('COMPLETED')) {
    const mayAsk = [...open.mayAsk, unpaidTooLong, presumed];
    return { ...open, states: ['Completed'], asks: [], mayAsk };
  }
  const mayAsk = [...open.mayAsk, unpaidTooLong];
  if (has('SHIPPED')) {
    const received = inputs.reports.some(({ own, header }) => (own ?? header.status) === 'received');
    return { ...open, states: ['Shipped'], asks: received ? [/check what arrived/] : [], mayAsk };
  }
  if (has('LABELED')) return { ...open, states: ['Labelled'] };
  return has('buy') ? { ...open, states: ['Matched'] } : open;
}

/** `refundPresumedHours` after the arrival a refund is due without its event, too. */
export const presumed = /IGF announced no refund/;
const unpaidTooLong = /Not refunded 14 days after the request/;
