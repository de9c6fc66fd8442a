import type { IgfListing } from '../../lib/igf/api/answers.ts';
import { listingMark } from '../../lib/returns/listing-request.ts';
import { type ReturnItem, returnId } from '../../lib/returns/return-item.ts';
import { order } from '../support/webhooks.ts';
import type { ExploredWorld } from './world.ts';

/** What must be true when all messages are done. @returns what is not, in words */
export type Invariant = (world: ExploredWorld) => string[];

/** An invariant of each return of the order, and of the listings that IGF made for it. */
const ofEachReturn =
  (violations: (item: ReturnItem, listings: IgfListing[]) => string | undefined): Invariant =>
  ({ table, igf }) =>
    table.order(order).returns.flatMap((item) => {
      const mark = listingMark(item);
      const listings = igf.state.listings.filter(({ returnReasonComment }) =>
        returnReasonComment?.endsWith(mark),
      );
      const violation = violations(item, listings);
      return violation ? [`return ${returnId(item)} ${violation}`] : [];
    });

const everyMessageDone: Invariant = ({ queue }) =>
  queue.flatMap(({ id, place }) => {
    if (place === 'parked') return `message ${id} was parked`;
    return place === 'queued' ? `message ${id} is not done after the last round` : [];
  });

const listedOnce = ofEachReturn((_item, listings) =>
  listings.length > 1 ? `was listed ${listings.length} times` : undefined,
);

const cancelledOnce: Invariant = ({
  igf: {
    state: { cancellations },
  },
}) =>
  [...new Set(cancellations)]
    .filter((id) => cancellations.indexOf(id) !== cancellations.lastIndexOf(id))
    .map((id) => `IGF cancelled listing ${id} more than once`);

const noPendingCall = ofEachReturn(({ pendingCall }) =>
  pendingCall ? `still has a pending call: ${pendingCall.operation}` : undefined,
);

const endStates: ReadonlySet<ReturnItem['state']> = new Set(['Cancelled', 'DeadlinePassed', 'Closed']);

/** A return that ended has no live listing. One that is forwarded has one, and knows its id. */
const stateAsAtIgf = ofEachReturn(({ state, listingId }, listings) => {
  const live = listings.filter(({ status }) => status !== 'Cancelled').map(({ id }) => id);
  const isEnded = endStates.has(state) || listingId === undefined;
  const isAsAtIgf = isEnded ? live.length === 0 : live.length === 1 && live[0] === listingId;
  const isCancelled = state !== 'Cancelled' || listings.some(({ id }) => id === listingId);
  if (isAsAtIgf && isCancelled) return undefined;
  const atIgf = listings.map(({ id, status }) => `listing ${id} ${status}`).join(', ');
  return `is ${state} with listing ${listingId}, and IGF has ${atIgf || 'no listing'}`;
});

/** An order that the bridge placed at IGF is confirmed, or is gone, and its listing is not blocked. */
const ordersConfirmed: Invariant = ({ igf: { state } }) => [
  ...state.orders
    .filter(({ confirmed, status }) => !confirmed && status !== 'Cancelled')
    .map(({ id }) => `order ${id} at IGF is neither confirmed nor rejected`),
  ...state.listings
    .filter(({ status }) => status === 'Pending')
    .map(({ id }) => `listing ${id} stays blocked`),
];

/** Each unit that is reserved has a return that names it, and no shipment is served twice. */
const unitsNamed: Invariant = ({ table, igf: { state } }) => {
  const tokens = table.order(order).returns.map(({ match }) => match?.token);
  const live = state.orders.filter(({ status }) => status !== 'Cancelled');
  return [
    ...table
      .reservations()
      .filter((token) => !tokens.includes(token))
      .map((token) => `a unit stays reserved as ${token}, which no return names`),
    ...live
      .filter(({ listingId }, at) => live.findIndex((other) => other.listingId === listingId) !== at)
      .map(({ listingId }) => `listing ${listingId} has two orders`),
  ];
};

/** No regular return is made twice for one return, and each return knows its own. */
const madeOnce: Invariant = ({ table, igf: { state } }) => {
  const known = table.order(order).returns.flatMap(({ regularReturn }) => regularReturn?.id ?? []);
  return state.returns.length === known.length
    ? []
    : [`IGF has ${state.returns.length} regular returns, and the bridge knows ${known.length}`];
};

/** Of so many units one listing each is live at most, and as many are listed in the end. */
export const listsUnits = (units: number): Invariant[] => [
  ({ igf }) => {
    const live = igf.state.listings.filter(({ status }) => status !== 'Cancelled');
    return live.length === units ? [] : [`${live.length} listings are live of ${units} units`];
  },
  ({ igf: { mostLive } }) =>
    mostLive > units ? [`${mostLive} listings were live at once of ${units} units`] : [],
];

/** A refused call asks a person. Nothing else needs one. */
const noNotice: Invariant = ({ notices, happened }) =>
  happened.refusals > 0 ? [] : notices.map(({ subject }) => `people were notified: ${subject}`);

/**
 * People are notified of so many things, each once. A second notice of the same is allowed for each crash, each lost answer
 * and each worker that outlives its claim, because SNS takes the same notice twice.
 */
export const notifies = (times: number): Invariant[] => [
  ({ notices, happened: { crashes, lostAnswers, turnedAway, refusals, outlived } }) => {
    const { length } = notices;
    if (length < times) return [`people were notified ${length} times of ${times} things`];
    const allowed = times + crashes + lostAnswers + turnedAway + refusals + outlived;
    return length > allowed ? [`people were notified ${length} times of ${times} things`] : [];
  },
];

/** Hold in every scenario. */
export const invariants: readonly Invariant[] = [
  everyMessageDone,
  listedOnce,
  cancelledOnce,
  noPendingCall,
  stateAsAtIgf,
  ordersConfirmed,
  unitsNamed,
  madeOnce,
];

/** The order has one return at least, and each ends in one of these states. */
export const reaches = (...states: readonly ReturnItem['state'][]): Invariant[] => [
  ({ table }) => (table.order(order).returns.length > 0 ? [] : ['the order has no return']),
  ofEachReturn(({ state }) =>
    states.includes(state) ? undefined : `is ${state}, not ${states.join(' or ')}`,
  ),
];

/**
 * The article serves the shipment. A worker that outlives its claim may reject the order that the next one has found. The
 * shipment then goes its normal way, and the article stays on offer.
 */
export const matches: Invariant = (world) =>
  reaches('Matched', ...(world.happened.outlived > 0 ? (['Listed'] as const) : [])).flatMap((holds) =>
    holds(world),
  );

/** As `reaches`, and nobody needs to look at it. */
export const endsAs = (...states: readonly ReturnItem['state'][]): Invariant[] => [
  ...reaches(...states),
  noNotice,
];

/** What must be true of each return in the end. */
export const eachReturn = (what: string, isTrue: (item: ReturnItem) => boolean): Invariant =>
  ofEachReturn((item) => (isTrue(item) ? undefined : what));
