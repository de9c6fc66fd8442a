import { decided, tooManyUnits } from './decided.ts';
import type { Fields, ReturnInputs } from './inputs.ts';
import { moneyAsked, paymentOf } from './money.ts';
import { type Expected, result } from './result.ts';
import { endOf } from './statuses.ts';

/** How a return item must have ended. */
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
  const family = /is reported by push-api and by stock-hub/;
  const isOtherRma = inputs.rivals.some((rival) => !rival.startsWith(`${inputs.item.rmaId}/`));
  return result('NotForwardable', { asks: [isOtherRma ? tooManyUnits : family] });
}

const serveFromStock = /Serve .+ from stock: the forwarding ended\./;

/** The merchant has not ended it. Facts may be corrected one after the other, and what is listed is listed anew. */
function whileOpen(inputs: ReturnInputs): Expected {
  const { reports, shipments, memos, atIgf: happened, releasedAt } = inputs;
  const released = releasedAt === undefined ? [] : [{ at: releasedAt }];
  const times = [...new Set([...reports, ...shipments, ...memos, ...released].map(({ at }) => at))].sort(
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

/** The events at IGF decide, and what pays for it. */
function atIgf(inputs: ReturnInputs, open: Expected): Expected {
  const { atIgf: happened } = inputs;
  const has = (...events: string[]): boolean => events.some((event) => happened.includes(event));
  const serve = has('buy') ? [serveFromStock] : [];
  if (has('RETURN_CANCELED')) return { ...open, states: ['Cancelled'], asks: serve };
  if (has('RETURN_DEADLINE_PASSED')) return { ...open, states: ['DeadlinePassed'], asks: serve };
  const lost = has('lose') ? [/Parcel lost: serve .+ from stock\./] : [];
  if (has('REFUND', 'lose')) {
    if (paymentOf(inputs) || has('done')) {
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
    const asks = received && !has('done') ? [/check what arrived/] : [];
    return { ...open, states: ['Shipped'], asks, mayAsk };
  }
  if (has('LABELED')) return { ...open, states: ['Labelled'] };
  const twice = inputs.servedTwice ? [/Served twice: hold shipment/] : [];
  return has('buy') ? { ...open, states: ['Matched'], asks: [...open.asks, ...twice] } : open;
}

/** `refundPresumedHours` after the arrival a refund is due without its event, too. */
export const presumed = /IGF announced no refund/;
const unpaidTooLong = /Not refunded 14 days after the request/;
