import { meaningOf } from '../histories/texts.ts';
import { listingOf } from './listing.ts';
import type { Telling, Told } from './told.ts';

/** What must have become of a return item. Written from the design's rules alone: it shares no code with `lib/`. */
export interface Expected {
  /** One of these. */
  readonly states: readonly string[];
  /** What its listing was asked for with, where one may have been made. */
  readonly listing?: Readonly<Record<string, unknown>> | undefined;
  /** Whether it is the bridge who cancels it, when it ends as Cancelled. */
  readonly cancelledByUs?: boolean;
  readonly attention?: RegExp | undefined;
  readonly refundDue?: boolean;
  /** 48 hours after the arrival a refund is due although nobody announced it: what is allowed then, too. */
  readonly unannounced?: RegExp;
  /** IGF takes no such listing: its message rests in the DLQ. */
  readonly refused?: boolean;
}

const over = [
  ...['received', 'received_on_item', 'approved', 'approved_on_item', 'rejected', 'rejected_on_item'],
  ...['denied', 'closed', 'processed_closed'],
];
/** Of a header only these count. */
const wholeRmaOver = ['denied', 'closed', 'processed_closed'];

const badReasons = ['broken', 'other_bad_condition', 'wrong_item'];
const countries = ['NL', 'BE', 'DE', 'AT', 'FR'];

const isEnd = ({ status, header }: Telling): boolean =>
  over.includes(status) || wholeRmaOver.includes(String(header.status));

export function expected(told: Told): Expected {
  const { tellings, closings, atIgf } = told;
  const ends = [...tellings.filter(isEnd), ...closings];
  const open = whileOpen(told);
  if (ends.length === 0) return open.listing && !open.refused ? forwarded(told, open) : open;
  if (!open.listing || open.refused) return { states: ['Closed'], ...(open.refused && { refused: true }) };
  // The merchant ended it. What was listed before is cancelled, unless it was with the carrier by then.
  if (atIgf.some((act) => act.kind === 'event' && act.eventType === 'REFUND')) {
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

/** Rules 2 to 5: nobody said that it is over. */
function whileOpen(told: Told): Expected {
  const { tellings, family, shipments } = told;
  const furthest = tellings.find((telling) => telling.status !== 'pending' && !isEnd(telling));
  if (!furthest) return { states: ['Requested'] };
  const { fields, status } = furthest;
  if (status === 'partially_authorized' && Number(fields.qty_requested) > 1 && fields.qty_approved === null) {
    return { states: ['Requested'], attention: /how many/ };
  }

  const { reason, condition, resolution } = meanings(fields);
  const own = shipments.filter(({ items }) =>
    (items as { sku: string }[]).some(({ sku }) => sku === fields.sku),
  );
  const listing = listingOf(told, furthest, own);
  const no =
    (reason && badReasons.includes(reason)) ||
    condition === 'bad' ||
    resolution === 'other' ||
    (family === 'stock-hub' && furthest.header.currency !== 'EUR') ||
    (listing && !countries.includes(listing.country));
  if (no) return { states: ['NotForwardable'] };
  if (!reason || !condition || !resolution) return { states: ['NeedsMapping'], attention: /^Map the text/ };
  if (!listing) return { states: ['AwaitingShipment'] };
  const { asked, isEmail } = listing;
  if (!isEmail) return { states: ['Listing'], listing: asked, refused: true, attention: /^Listing refused/ };
  return { states: ['Listed'], listing: asked };
}

const meanings = (fields: Record<string, unknown>) => ({
  reason: meaningOf.reason(fields.reason),
  condition: meaningOf.condition(fields.condition),
  resolution: meaningOf.resolution(fields.resolution),
});

/** Nobody ended it at the merchant: IGF says how far it came. */
function forwarded({ atIgf }: Told, listed: Expected): Expected {
  const happened = atIgf.map((act) => (act.kind === 'event' ? act.eventType : act.kind));
  const serve = happened.includes('buy') ? /^Serve .+ from stock/ : undefined;
  if (happened.includes('lose')) return { ...listed, states: ['Shipped'], attention: /^Parcel lost/ };
  if (happened.includes('RETURN_CANCELED')) return { ...listed, states: ['Cancelled'], attention: serve };
  if (happened.includes('RETURN_DEADLINE_PASSED')) {
    return { ...listed, states: ['DeadlinePassed'], attention: serve };
  }
  if (happened.includes('REFUND')) {
    return { ...listed, states: ['Completed'], refundDue: true, attention: /^Refund due: EUR \d+\.\d\d/ };
  }
  if (happened.includes('COMPLETED')) {
    return { ...listed, states: ['Completed'], unannounced: /refund/i };
  }
  if (happened.includes('SHIPPED')) return { ...listed, states: ['Shipped'] };
  if (happened.includes('LABELED')) return { ...listed, states: ['Labelled'] };
  return happened.includes('buy') ? { ...listed, states: ['Matched'] } : listed;
}
