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

const everyMessageDone: Invariant = ({ queue, parked }) => [
  ...queue.map(({ id }) => `message ${id} is not done after the last round`),
  ...parked.map((id) => `message ${id} was parked`),
];

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

/** Listed with the id of its live listing, Cancelled when that is cancelled, Closed without a live one. */
const stateAsAtIgf = ofEachReturn(({ state, listingId }, listings) => {
  const live = listings.filter(({ status }) => status !== 'Cancelled').map(({ id }) => id);
  const isAsAtIgf = state === 'Listed' ? live.length === 1 && live[0] === listingId : live.length === 0;
  const isCancelled = state !== 'Cancelled' || listings.some(({ id }) => id === listingId);
  if (isAsAtIgf && isCancelled) return undefined;
  const atIgf = listings.map(({ id, status }) => `listing ${id} ${status}`).join(', ');
  return `is ${state} with listing ${listingId}, and IGF has ${atIgf || 'no listing'}`;
});

/** Of so many units one listing each is live at most, and as many are listed in the end. */
export const listsUnits = (units: number): Invariant[] => [
  ({ igf }) => {
    const live = igf.state.listings.filter(({ status }) => status !== 'Cancelled');
    return live.length === units ? [] : [`${live.length} listings are live of ${units} units`];
  },
  ({ igf: { mostLive } }) =>
    mostLive > units ? [`${mostLive} listings were live at once of ${units} units`] : [],
];

const noNotice: Invariant = ({ notices }) => notices.map(({ subject }) => `people were notified: ${subject}`);

/** Hold in every scenario. */
export const invariants: readonly Invariant[] = [
  everyMessageDone,
  listedOnce,
  cancelledOnce,
  noPendingCall,
  stateAsAtIgf,
];

/** The order has one return at least, each ends in one of these states, and nobody needs to look at it. */
export const endsAs = (...states: readonly ReturnItem['state'][]): Invariant[] => [
  ({ table }) => (table.order(order).returns.length > 0 ? [] : ['the order has no return']),
  ofEachReturn(({ state }) =>
    states.includes(state) ? undefined : `is ${state}, not ${states.join(' or ')}`,
  ),
  noNotice,
];
