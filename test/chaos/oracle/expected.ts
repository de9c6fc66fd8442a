import { knownMeaning } from '../scenarios/texts.ts';
import type { ReturnInputs, RmaReport } from './inputs.ts';
import { listingOf } from './listing.ts';

/** How a return item must have ended. Written from the design's rules alone: it shares no code with `lib/`. */
export interface Expected {
  /** One of these. */
  readonly states: readonly string[];
  /** Fields of the call that listed it, where one may have been made. */
  readonly listing?: Readonly<Record<string, unknown>> | undefined;
  /** Whether the bridge cancels it, when it ends as Cancelled. */
  readonly cancelledByUs?: boolean;
  readonly attention?: RegExp | undefined;
  readonly refundDue?: boolean;
  /** `refundPresumedHours` after the arrival a refund is due also without its event: the attention that is allowed then, too. */
  readonly unannounced?: RegExp;
  /** IGF refuses the listing, and its message is parked. */
  readonly refused?: boolean;
}

const over = [
  ...['received', 'received_on_item', 'approved', 'approved_on_item', 'rejected', 'rejected_on_item'],
  ...['denied', 'closed', 'processed_closed'],
];
/** Of a header's statuses only these count. */
const wholeRmaOver = ['denied', 'closed', 'processed_closed'];

const badReasons = ['broken', 'other_bad_condition', 'wrong_item'];
const countries = ['NL', 'BE', 'DE', 'AT', 'FR'];

const isEnd = ({ status, header }: RmaReport): boolean =>
  over.includes(status) || wholeRmaOver.includes(String(header.status));

export function expected(inputs: ReturnInputs): Expected {
  const { reports, closings, atIgf } = inputs;
  const ends = [...reports.filter(isEnd), ...closings];
  const open = whileOpen(inputs);
  if (ends.length === 0) return open.listing && !open.refused ? forwarded(inputs, open) : open;
  if (!open.listing || open.refused) return { states: ['Closed'], ...(open.refused && { refused: true }) };
  // The merchant ended it. Its listing is cancelled, unless the carrier had it by then.
  if (atIgf.some((step) => step.kind === 'event' && step.eventType === 'REFUND')) {
    return { ...open, states: ['Settled'], attention: undefined };
  }
  const bought = atIgf.some(({ kind }) => kind === 'buy');
  return {
    listing: open.listing,
    states: ends.every(({ whenListed }) => whenListed) ? ['Cancelled'] : ['Cancelled', 'Closed'],
    cancelledByUs: true,
    attention: bought ? /^Serve .+ from stock/ : undefined,
  };
}

/** Rules 2 to 5: the merchant has not ended it. */
function whileOpen(inputs: ReturnInputs): Expected {
  const { reports, family, shipments } = inputs;
  const furthest = reports.find((report) => report.status !== 'pending' && !isEnd(report));
  if (!furthest) return { states: ['Requested'] };
  const { fields, status } = furthest;
  if (status === 'partially_authorized' && Number(fields.qty_requested) > 1 && fields.qty_approved === null) {
    return { states: ['Requested'], attention: /how many/ };
  }

  const { reason, condition, resolution } = meanings(fields);
  const own = shipments.filter(({ items }) =>
    (items as { sku: string }[]).some(({ sku }) => sku === fields.sku),
  );
  const listing = listingOf(inputs, furthest, own);
  const no =
    (reason && badReasons.includes(reason)) ||
    condition === 'bad' ||
    resolution === 'other' ||
    (family === 'stock-hub' && furthest.header.currency !== 'EUR') ||
    (listing && !countries.includes(listing.country));
  if (no) return { states: ['NotForwardable'] };
  if (!reason || !condition || !resolution) return { states: ['NeedsMapping'], attention: /^Map the text/ };
  if (!listing) return { states: ['AwaitingShipment'] };
  const { request, isEmail } = listing;
  if (!isEmail)
    return { states: ['Listing'], listing: request, refused: true, attention: /^Listing refused/ };
  return { states: ['Listed'], listing: request };
}

const meanings = (fields: Record<string, unknown>) => ({
  reason: knownMeaning.reason(fields.reason),
  condition: knownMeaning.condition(fields.condition),
  resolution: knownMeaning.resolution(fields.resolution),
});

/** The merchant has not ended it: the events at IGF decide. */
function forwarded({ atIgf }: ReturnInputs, listed: Expected): Expected {
  const happened = atIgf.map((step) => (step.kind === 'event' ? step.eventType : step.kind));
  const serve = happened.includes('buy') ? /^Serve .+ from stock/ : undefined;
  if (happened.includes('lose')) {
    return { ...listed, states: ['Shipped'], refundDue: true, attention: /^Refund due: .* Parcel lost/ };
  }
  if (happened.includes('RETURN_CANCELED')) return { ...listed, states: ['Cancelled'], attention: serve };
  if (happened.includes('RETURN_DEADLINE_PASSED')) {
    return { ...listed, states: ['DeadlinePassed'], attention: serve };
  }
  if (happened.includes('REFUND')) {
    return {
      ...listed,
      states: ['Completed'],
      refundDue: true,
      attention: /^Refund due: (at most )?EUR \d+\.\d\d/,
    };
  }
  if (happened.includes('COMPLETED')) {
    return { ...listed, states: ['Completed'], unannounced: /refund/i };
  }
  if (happened.includes('SHIPPED')) return { ...listed, states: ['Shipped'] };
  if (happened.includes('LABELED')) return { ...listed, states: ['Labelled'] };
  return happened.includes('buy') ? { ...listed, states: ['Matched'] } : listed;
}
