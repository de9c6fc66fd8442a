import * as z from 'zod/mini';
import { claim, type Held, leaveForLater, leaveUnexplained, settle, type Work } from '../actions/claim.ts';
import type { Action } from '../decide/decision.ts';
import { IgfPathError, IgfRejectedError, isRefusal } from '../igf/errors.ts';
import type { Igf } from '../igf/worker-igf.ts';
import { linkToReturn, recordAtIgf } from '../record/link.ts';
import { readCustomer } from '../returns/customer.ts';
import type { Match } from '../returns/match.ts';
import { orderFact } from '../webhooks/igf/facts.ts';
import { OrderEvent } from '../webhooks/igf/payloads.ts';
import type { Step } from '../worker/step.ts';
import { couldServe } from './rules.ts';
import { findShipment } from './update-match.ts';

type Order = Awaited<ReturnType<Igf['orders']['ofListing']>>[number];
type Of<Kind extends Action['kind']> = Extract<Action, { kind: Kind }>;

/**
 * Orders the listing for the matched shipment, without confirming it yet. IGF has no idempotency key here either, so
 * after a call of unknown outcome the listing's orders are asked for first: the buyer's own is adopted.
 */
export async function placeOrder(work: Work, { listingId, match, ask }: Of<'place'>): Promise<Step> {
  const { igf, table } = work.dependencies;
  const held = await claim(work, { match: { ...match, phase: 'placing' } });
  if (held === 'conflict') return { next: 'read-again' };
  try {
    if (ask) {
      const found = await lookAt(work, listingId, match);
      if (found.own) return await committed(work, held, match, found.own.id);
      if (found.others) return await refused(work, held, match, 'somebody else has ordered it');
      // Not placed: nothing is unknown any more, and the next decision places it if it is still wanted.
      return await settleMatch(work, held, { ...match, phase: 'held' }, held.item.why);
    }
    const shipment = await findShipment(match, { table });
    const reading = readCustomer(shipment?.address);
    const story = await table.readStory(held.item.orderId);
    if (!('customer' in reading) || !couldServe(story, held.item, shipment)) {
      return await dropped(work, held, match, `Shipment ${match.shipmentId} can not wait any more.`);
    }
    const { customer } = reading;
    const order = await igf.orders.commit({ listingId, webshopOrderId: match.orderId, customer });
    return await committed(work, held, match, order.id);
  } catch (error) {
    if (!isRefusal(error)) return leaveForLater(work, held, error);
    if (!(error instanceof IgfRejectedError)) return refused(work, held, match, error.message);
    return refusedUnlessPlaced(work, held, { listingId, match }, error.message);
  }
}

/** IGF says no for good, unless it already has the order and that is why. */
async function refusedUnlessPlaced(
  work: Work,
  held: Held,
  { listingId, match }: { listingId: number; match: Match },
  reason: string,
): Promise<Step> {
  try {
    const { own } = await lookAt(work, listingId, match);
    if (own) return await committed(work, held, match, own.id);
  } catch (unanswered) {
    return leaveUnexplained(work, held, unanswered);
  }
  return refused(work, held, match, reason);
}

/**
 * Stores which order it is. When that fails the order is rejected at once: what the table does not know nobody would
 * confirm, and the listing would stand still.
 */
async function committed(work: Work, held: Held, match: Match, igfOrderId: number): Promise<Step> {
  const { table, igf } = work.dependencies;
  const kept: Match = { ...match, phase: 'committed', igfOrderId };
  const { state, why } = held.item;
  try {
    const settled = await table.settleClaim(held.item, held.token, { state, why, match: kept });
    if (settled !== 'lost') return { next: settled };
  } catch (error) {
    // Should this fail too, the claim stays with the table's error, and whoever finds it expired finds the order.
    await igf.orders.reject(igfOrderId).catch(() => {});
    throw error;
  }
  // Whoever took the claim over may have found the order meanwhile; then it is theirs.
  const { returns } = await table.readStory(held.item.orderId);
  const isKnown = returns.some((item) => item.match?.igfOrderId === igfOrderId);
  if (!isKnown) await igf.orders.reject(igfOrderId);
  return { next: 'read-again' };
}

/** Confirms the order once; IGF refuses to do it twice, and is asked how it stands then. */
export async function confirmOrder(work: Work, { listingId, match, ask }: Of<'confirm'>): Promise<Step> {
  const { igf } = work.dependencies;
  const held = await claim(work);
  if (held === 'conflict') return { next: 'read-again' };
  const igfOrderId = match.igfOrderId ?? 0;
  try {
    if (ask) {
      const standing = await standingOf(work, listingId, match);
      if (standing !== 'open') return await concluded(work, held, match, standing);
    }
    const order = await igf.orders.confirm(igfOrderId);
    return await concluded(work, held, match, { ...order, listingId });
  } catch (error) {
    if (!isRefusal(error) && !(error instanceof IgfPathError)) return leaveForLater(work, held, error);
    try {
      const standing = await standingOf(work, listingId, match);
      if (standing !== 'open') return await concluded(work, held, match, standing);
    } catch (unanswered) {
      return leaveForLater(work, held, unanswered);
    }
    if (error instanceof IgfPathError) return leaveForLater(work, held, error);
    const why = `ItGoesForward refused to confirm order ${igfOrderId}: ${error.message}.`;
    return settleMatch(work, held, { ...match, unwanted: true, refused: true }, why);
  }
}

/** Takes back what may have been ordered: the return is over, or the shipment could not wait. */
export async function withdrawOrder(work: Work, { listingId, match }: Of<'withdraw'>): Promise<Step> {
  const { igf } = work.dependencies;
  const held = await claim(work);
  if (held === 'conflict') return { next: 'read-again' };
  try {
    const standing = await standingOf(work, listingId, match);
    if (standing !== 'open') return await concluded(work, held, match, standing);
    const { own } = await lookAt(work, listingId, match);
    if (own) await igf.orders.reject(own.id);
    return await dropped(work, held, match, held.item.why);
  } catch (error) {
    return leaveForLater(work, held, error);
  }
}

/** The listing's orders at IGF that are not cancelled: the one for this shipment, and whether there are others. */
async function lookAt(
  { dependencies }: Work,
  listingId: number,
  match: Match,
): Promise<{ own: Order | undefined; others: boolean }> {
  const orders = (await dependencies.igf.orders.ofListing(listingId)).filter(
    // The path is inferred, and may not narrow its answer to the listing.
    (order) => order.listingId === listingId && order.status !== 'Cancelled',
  );
  const isOwn = (order: Order): boolean =>
    match.igfOrderId === undefined ? order.webshopOrderId === match.orderId : order.id === match.igfOrderId;
  const own = orders.find(isOwn);
  return { own, others: orders.some((order) => order !== own) };
}

/** How the order stands: not there, still to be confirmed or rejected, or confirmed, as the listing then says. */
async function standingOf(work: Work, listingId: number, match: Match): Promise<'gone' | 'open' | Order> {
  const { own } = await lookAt(work, listingId, match);
  if (!own) return 'gone';
  const { status } = await work.dependencies.igf.listings.get(listingId);
  return status === 'Pending' || status === 'Available' ? 'open' : own;
}

/** There is nothing left to do at IGF: the order is confirmed, and the return is matched by it; or there is none. */
async function concluded(work: Work, held: Held, match: Match, standing: 'gone' | Order): Promise<Step> {
  if (standing === 'gone') {
    const why = `The order for shipment ${match.shipmentId} is gone at ItGoesForward.`;
    return dropped(work, held, { ...match, refused: true }, why);
  }
  const { dependencies } = work;
  const fact = orderFact(z.parse(OrderEvent, standing));
  await linkToReturn({ kind: 'ORDER', id: standing.id }, held.item, dependencies);
  await recordAtIgf(held.item, [fact], dependencies);
  const kept: Match = { ...match, phase: 'confirmed', igfOrderId: standing.id };
  return settleMatch(work, held, kept, held.item.why);
}

const settleMatch = (work: Work, held: Held, match: Match, why: string): Promise<Step> =>
  settle(work, held, { state: held.item.state, why, match });

/** Nothing is ordered: the shipment goes its normal way. */
const dropped = (work: Work, held: Held, match: Match, why: string): Promise<Step> =>
  settleMatch(work, held, { ...match, phase: 'dropping' }, why);

function refused(work: Work, held: Held, match: Match, reason: string): Promise<Step> {
  const why = `The article is offered at ItGoesForward. Shipment ${match.shipmentId} of order ${match.orderId} goes its normal way: ${reason}.`;
  return dropped(work, held, { ...match, refused: true }, why);
}
