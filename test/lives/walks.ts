import type { Json } from '../support/builders.ts';
import { type Happening, type Replies, unmappedText } from './life.ts';
import type { Transition } from './observe.ts';

/** A life that contains a change of state. */
interface Walk {
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly happenings: readonly Happening[];
}

const posted =
  (post: 'shipment' | 'rma' | 'v2Rma') =>
  (header: Json = {}, ...items: Json[]): Happening => ({
    post,
    header,
    items: items.length > 0 ? items : [{}],
  });
const shipment = posted('shipment');
const rma = posted('rma');
const v2Rma = posted('v2Rma');
const of = 'A';
type Event = Extract<Happening, { igf: string }>['igf'];
const igf = (...events: Event[]): Happening[] => events.map((event) => ({ igf: event, of }));
/** IGF does it, and its webhook never comes. */
const lost = (...events: Event[]): Happening[] => events.map((event) => ({ igf: event, of, lost: true }));
const late = (event: 'RETURN_CANCELED' | 'RETURN_DEADLINE_PASSED'): Happening => ({ late: event, of });
const calls = (...replies: Replies): Happening => ({ replies });
const hour: Happening = { hours: 1 };
const untilPresumed: Happening = { hours: 90 };
const memo: Happening = { post: 'orderItem', item: {} };
const refundReported: Happening = { post: 'rmaItem', item: { retailer_resolution: 'Terugbetalen' } };

const listed = [v2Rma()];
const matched = [...listed, ...igf('buy')];
const labelled = [...matched, ...igf('LABELED')];
const shipped = [...labelled, ...igf('SHIPPED')];
const completed = [...shipped, ...igf('COMPLETED')];
const unmatched: Happening[] = [...listed, { silently: 'matching-deadline', of }, hour];
/** The way to the buyer, without a webhook of IGF. */
const unreported = lost('buy', 'LABELED', 'SHIPPED', 'COMPLETED');

const requested = rma({ status: 'pending' }, { status: 'pending' });
const requestedV2 = v2Rma({ status: 'pending' });
const denied = v2Rma({ status: 'denied' });
const anotherPrice = v2Rma({}, { price: 100 });
const anotherText = v2Rma({}, { reason: unmappedText });
const twoItems = v2Rma({}, {}, { rma_item_id: 'B' });
const exchanged = v2Rma({}, { resolution: 'Ruilen' });
const tracked = v2Rma({ track_number: '1Z1' }, { price: 100 });
/** The shipment to the customer has not arrived after all, and its price was another one. */
const stopped = shipment(
  { status: 'EXCEPTION', updated_at: '2024-03-14 15:31:54' },
  { item_price_inc_tax: 135 },
);
const notCancelled = calls('answered', 'answered', 'refused');
const notCancelledUnsold = calls('answered', 'refused');

const live = (...happenings: (Happening | Happening[])[]): Walk => ({ happenings: happenings.flat() });
const observed = (...happenings: Happening[]): Walk => ({ policy: { mode: 'observe' }, happenings });
const tracksWait = (...happenings: (Happening | Happening[])[]): Walk => ({
  policy: { trackedReturns: 'hold' },
  happenings: happenings.flat(),
});

/** A life for each change of state that a return can make. */
export const walks: Readonly<Record<Transition, Walk>> = {
  'Requested → AwaitingShipment': live(requested, rma()),
  'Requested → NeedsMapping': live(anotherText),
  'Requested → NotForwardable': live(requestedV2, exchanged),
  'Requested → Listing': live(shipment(), requested, rma()),
  'Requested → Closed': live(requestedV2, denied),
  'Requested → Cancelled': tracksWait(listed, tracked, denied),

  'AwaitingShipment → Requested': live(rma(), rma({}, { status: 'RETURN_LATE' })),
  'AwaitingShipment → NeedsMapping': live(rma(), rma({}, { reason: unmappedText })),
  'AwaitingShipment → NotForwardable': live(rma(), rma({}, { qty_requested: 2 })),
  'AwaitingShipment → Listing': live(rma(), shipment()),
  'AwaitingShipment → Closed': live(rma(), rma({ status: 'denied' })),
  'AwaitingShipment → Cancelled': live(shipment(), rma(), stopped, rma({ status: 'denied' })),

  'NeedsMapping → Requested': observed(anotherText, v2Rma()),
  'NeedsMapping → AwaitingShipment': live(rma({}, { reason: unmappedText }), rma()),
  'NeedsMapping → NotForwardable': live(anotherText, v2Rma({}, { price: 0 })),
  'NeedsMapping → Listing': live(anotherText, { operator: 'maps' }),
  'NeedsMapping → Closed': live(anotherText, denied),
  'NeedsMapping → Cancelled': live(listed, anotherText, denied),

  'NotForwardable → Requested': observed(twoItems, v2Rma()),
  'NotForwardable → AwaitingShipment': live(rma({}, { qty_requested: 2 }), rma()),
  'NotForwardable → NeedsMapping': live(twoItems, anotherText),
  'NotForwardable → Listing': live(twoItems, v2Rma()),
  'NotForwardable → Closed': live(exchanged, denied),

  'Listing → AwaitingShipment': live(calls('refused'), shipment(), rma(), stopped),
  'Listing → NeedsMapping': live(calls('refused'), listed, anotherText),
  'Listing → NotForwardable': live(calls('refused'), listed, exchanged),
  'Listing → Listed': live(listed),
  'Listing → Closed': live(calls('refused'), listed, denied),
  'Listing → Cancelled': live(
    listed,
    calls('answered', 'answered', 'answered', 'refused'),
    anotherPrice,
    denied,
  ),

  'Listed → Matched': live(matched),
  'Listed → Labelled': live(listed, lost('buy'), igf('LABELED')),
  'Listed → Shipped': live(listed, lost('buy', 'LABELED'), igf('SHIPPED')),
  'Listed → Completed': live(listed, lost('buy', 'LABELED', 'SHIPPED'), igf('COMPLETED')),
  'Listed → Settled': live(listed, unreported, memo, igf('REFUND')),
  'Listed → Unmatched': live(unmatched),
  'Listed → Cancelling': live(listed, denied),
  'Listed → Cancelled': live(listed, igf('RETURN_CANCELED')),
  'Listed → DeadlinePassed': live(listed, lost('buy'), igf('RETURN_DEADLINE_PASSED')),

  'Matched → Listed': live(matched, { silently: 'rejected-order', of }, hour),
  'Matched → Labelled': live(labelled),
  'Matched → Shipped': live(matched, lost('LABELED'), igf('SHIPPED')),
  'Matched → Completed': live(matched, lost('LABELED', 'SHIPPED'), igf('COMPLETED')),
  'Matched → Settled': live(matched, lost('LABELED', 'SHIPPED', 'COMPLETED'), memo, igf('REFUND')),
  'Matched → Unmatched': live(
    matched,
    { silently: 'rejected-order', of },
    { silently: 'matching-deadline', of },
    hour,
  ),
  'Matched → Cancelling': live(matched, denied),
  'Matched → Cancelled': live(matched, igf('RETURN_CANCELED')),
  'Matched → DeadlinePassed': live(matched, igf('RETURN_DEADLINE_PASSED')),

  'Labelled → Shipped': live(shipped),
  'Labelled → Completed': live(labelled, lost('SHIPPED'), igf('COMPLETED')),
  'Labelled → Settled': live(labelled, lost('SHIPPED', 'COMPLETED'), memo, igf('REFUND')),
  'Labelled → Cancelling': live(labelled, denied),
  'Labelled → Cancelled': live(labelled, igf('RETURN_CANCELED')),
  'Labelled → DeadlinePassed': live(labelled, igf('RETURN_DEADLINE_PASSED')),

  'Shipped → Completed': live(completed),
  'Shipped → Settled': live(shipped, lost('COMPLETED'), refundReported, igf('REFUND')),
  'Shipped → Cancelled': live(shipped, late('RETURN_CANCELED')),
  'Shipped → DeadlinePassed': live(shipped, late('RETURN_DEADLINE_PASSED')),

  'Completed → Settled': live(completed, igf('REFUND'), memo),
  'Completed → Cancelled': live(completed, late('RETURN_CANCELED')),
  'Completed → DeadlinePassed': live(completed, late('RETURN_DEADLINE_PASSED')),

  'Unmatched → Listed': live(unmatched, { silently: 'prolonged', of }, igf('UPDATE_LISTING')),
  'Unmatched → Matched': live(unmatched, igf('buy')),
  'Unmatched → Labelled': live(unmatched, lost('buy'), igf('LABELED')),
  'Unmatched → Shipped': live(unmatched, lost('buy', 'LABELED'), igf('SHIPPED')),
  'Unmatched → Completed': live(unmatched, lost('buy', 'LABELED', 'SHIPPED'), igf('COMPLETED')),
  'Unmatched → Settled': live(unmatched, unreported, memo, igf('REFUND')),
  'Unmatched → Cancelled': live(unmatched, igf('RETURN_CANCELED')),
  'Unmatched → DeadlinePassed': live(unmatched, lost('buy'), igf('RETURN_DEADLINE_PASSED')),

  'Cancelling → Matched': live(listed, notCancelledUnsold, anotherPrice, igf('buy')),
  'Cancelling → Labelled': live(listed, notCancelledUnsold, anotherPrice, lost('buy'), igf('LABELED')),
  'Cancelling → Shipped': live(
    labelled,
    calls('answered', 'answered', 'refused', 'refused'),
    denied,
    igf('SHIPPED'),
  ),
  'Cancelling → Completed': live(
    labelled,
    calls('answered', 'answered', 'refused', 'refused'),
    denied,
    lost('SHIPPED'),
    igf('COMPLETED'),
  ),
  'Cancelling → Settled': live(
    labelled,
    calls('answered', 'answered', 'refused', 'refused'),
    denied,
    lost('SHIPPED', 'COMPLETED'),
    memo,
    igf('REFUND'),
  ),
  'Cancelling → Cancelled': live(listed, denied),
  'Cancelling → DeadlinePassed': live(matched, notCancelled, denied, igf('RETURN_DEADLINE_PASSED')),

  'Cancelled → Requested': tracksWait(listed, tracked),
  'Cancelled → AwaitingShipment': live(shipment(), rma(), stopped),
  'Cancelled → NeedsMapping': live(listed, anotherText),
  'Cancelled → Listing': live(listed, anotherPrice),
  'Cancelled → Shipped': live(shipped, { silently: 'lost-parcel', of }, igf('UPDATE_LISTING'), hour),
  'Cancelled → Settled': live(completed, late('RETURN_CANCELED'), memo, untilPresumed),
  'Cancelled → DeadlinePassed': live(matched, denied, late('RETURN_DEADLINE_PASSED')),

  'DeadlinePassed → Cancelled': live(matched, igf('RETURN_DEADLINE_PASSED'), late('RETURN_CANCELED')),
  'DeadlinePassed → Shipped': live(
    labelled,
    lost('RETURN_DEADLINE_PASSED'),
    hour,
    igf('SHIPPED'),
    { silently: 'lost-parcel', of },
    { hours: 25 },
  ),
  'DeadlinePassed → Settled': live(
    labelled,
    igf('RETURN_DEADLINE_PASSED', 'SHIPPED', 'COMPLETED', 'REFUND'),
    memo,
  ),
};
