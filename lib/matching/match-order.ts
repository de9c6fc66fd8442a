import * as z from 'zod/mini';
import {
  type ActionContext,
  claim,
  type Held,
  keepClaimAndRetry,
  keepOrRelease,
  settle,
} from '../actions/claim.ts';
import type { Action } from '../decide/decision.ts';
import { IgfPathError, IgfRejectedError, isRefusal } from '../igf/errors.ts';
import type { Igf } from '../igf/worker-igf.ts';
import { linkToReturn, recordIgfFacts } from '../record/link.ts';
import { readCustomer } from '../returns/customer.ts';
import { type Match, shipmentName } from '../returns/match.ts';
import { orderFact } from '../webhooks/igf/facts.ts';
import { OrderEvent } from '../webhooks/igf/payloads.ts';
import type { Step } from '../worker/step.ts';
import { canFulfil } from './rules.ts';
import { findShipment } from './update-match.ts';

type Order = Awaited<ReturnType<Igf['orders']['ofListing']>>[number];
type Of<Kind extends Action['kind']> = Extract<Action, { kind: Kind }>;

/**
 * Orders the listing for the matched shipment, without confirming it yet. IGF has no idempotency key here either, so
 * after a call of unknown outcome the listing's orders are asked for first: the buyer's own is adopted.
 */
export async function placeOrder(
  context: ActionContext,
  { listingId, match, checkFirst }: Of<'place'>,
): Promise<Step> {
  const { igf, table } = context.dependencies;
  const held = await claim(
    context,
    { operation: 'place', request: shipmentName(match) },
    { match: { ...match, phase: 'placing' } },
  );
  if (held === 'changed') return { next: 'changed' };
  try {
    if (checkFirst) {
      const found = await lookAt(context, listingId, match);
      if (found.own) return await committed(context, held, match, found.own.id);
      if (found.others) return await refused(context, held, match, 'somebody else has ordered it');
      // Not placed: nothing is unknown any more, and the next decision places it if it is still wanted.
      return await completeMatch(context, held, { ...match, phase: 'held' }, held.item.why);
    }
    const shipment = await findShipment(match, { table });
    const reading = readCustomer(shipment?.address);
    const order = await table.readOrder(held.item.orderId);
    if (!('customer' in reading) || !canFulfil(order, held.item, shipment)) {
      return await dropped(context, held, match, `Shipment ${match.shipmentId} can not wait any more.`);
    }
    const { customer } = reading;
    const placed = await igf.orders.commit({ listingId, webshopOrderId: match.orderId, customer });
    return await committed(context, held, match, placed.id);
  } catch (error) {
    if (!isRefusal(error)) return keepOrRelease(context, held, error);
    if (!(error instanceof IgfRejectedError)) return refused(context, held, match, error.message);
    return refusedUnlessPlaced(context, held, { listingId, match }, error.message);
  }
}

/** IGF says no for good, unless it already has the order and that is why. */
async function refusedUnlessPlaced(
  context: ActionContext,
  held: Held,
  { listingId, match }: { listingId: number; match: Match },
  reason: string,
): Promise<Step> {
  try {
    const { own } = await lookAt(context, listingId, match);
    if (own) return await committed(context, held, match, own.id);
  } catch (unanswered) {
    return keepClaimAndRetry(context, held, unanswered);
  }
  return refused(context, held, match, reason);
}

/**
 * Stores which order it is. When that fails the order is rejected at once: what the table does not know nobody would
 * confirm, and the listing would stand still.
 */
async function committed(
  context: ActionContext,
  held: Held,
  match: Match,
  igfOrderId: number,
): Promise<Step> {
  const { table, igf } = context.dependencies;
  const kept: Match = { ...match, phase: 'committed', igfOrderId };
  const { state, why } = held.item;
  try {
    const settled = await table.completeClaim(held.item, held.token, { state, why, match: kept });
    if (settled !== 'changed') return { next: settled };
  } catch (error) {
    // Should this fail too, the claim stays with the table's error, and whoever finds it expired finds the order.
    await igf.orders.reject(igfOrderId).catch(() => {});
    throw error;
  }
  // Whoever took the claim over may have found the order meanwhile; then it is theirs.
  const { returns } = await table.readOrder(held.item.orderId);
  const isKnown = returns.some((item) => item.match?.igfOrderId === igfOrderId);
  if (!isKnown) await igf.orders.reject(igfOrderId);
  return { next: 'changed' };
}

/** Confirms the order once; IGF refuses to do it twice, and is asked how it stands then. */
export async function confirmOrder(
  context: ActionContext,
  { listingId, match, checkFirst }: Of<'confirm'>,
): Promise<Step> {
  const { igf } = context.dependencies;
  const held = await claim(context, { operation: 'confirm', request: shipmentName(match) });
  if (held === 'changed') return { next: 'changed' };
  const igfOrderId = match.igfOrderId ?? 0;
  try {
    if (checkFirst) {
      const standing = await standingOf(context, listingId, match);
      if (standing !== 'open') return await concluded(context, held, match, standing);
    }
    const order = await igf.orders.confirm(igfOrderId);
    return await concluded(context, held, match, { ...order, listingId });
  } catch (error) {
    if (!isRefusal(error) && !(error instanceof IgfPathError)) return keepOrRelease(context, held, error);
    try {
      const standing = await standingOf(context, listingId, match);
      if (standing !== 'open') return await concluded(context, held, match, standing);
    } catch (unanswered) {
      return keepOrRelease(context, held, unanswered);
    }
    if (error instanceof IgfPathError) return keepOrRelease(context, held, error);
    const why = `ItGoesForward refused to confirm order ${igfOrderId}: ${error.message}.`;
    return completeMatch(context, held, { ...match, unwanted: true, refused: true }, why);
  }
}

/** Takes back what may have been ordered: the return is over, or the shipment could not wait. */
export async function withdrawOrder(
  context: ActionContext,
  { listingId, match }: Of<'withdraw'>,
): Promise<Step> {
  const { igf } = context.dependencies;
  const held = await claim(context, { operation: 'withdraw', request: shipmentName(match) });
  if (held === 'changed') return { next: 'changed' };
  try {
    const standing = await standingOf(context, listingId, match);
    if (standing !== 'open') return await concluded(context, held, match, standing);
    const { own } = await lookAt(context, listingId, match);
    if (own) await igf.orders.reject(own.id);
    return await dropped(context, held, match, held.item.why);
  } catch (error) {
    return keepOrRelease(context, held, error);
  }
}

/** The listing's orders at IGF that are not cancelled: the one for this shipment, and whether there are others. */
async function lookAt(
  { dependencies }: ActionContext,
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
async function standingOf(
  context: ActionContext,
  listingId: number,
  match: Match,
): Promise<'gone' | 'open' | Order> {
  const { own } = await lookAt(context, listingId, match);
  if (!own) return 'gone';
  const { status } = await context.dependencies.igf.listings.get(listingId);
  return status === 'Pending' || status === 'Available' ? 'open' : own;
}

/** There is nothing left to do at IGF: the order is confirmed, and the return is matched by it; or there is none. */
async function concluded(
  context: ActionContext,
  held: Held,
  match: Match,
  standing: 'gone' | Order,
): Promise<Step> {
  if (standing === 'gone') {
    const why = `The order for shipment ${match.shipmentId} is gone at ItGoesForward.`;
    return dropped(context, held, { ...match, refused: true }, why);
  }
  const { dependencies } = context;
  const fact = orderFact(z.parse(OrderEvent, standing));
  await linkToReturn({ kind: 'ORDER', id: standing.id }, held.item, dependencies);
  await recordIgfFacts(held.item, [fact], dependencies);
  const kept: Match = { ...match, phase: 'confirmed', igfOrderId: standing.id };
  return completeMatch(context, held, kept, held.item.why);
}

const completeMatch = (context: ActionContext, held: Held, match: Match, why: string): Promise<Step> =>
  settle(context, held, { state: held.item.state, why, match });

/** Nothing is ordered: the shipment goes its normal way. */
const dropped = (context: ActionContext, held: Held, match: Match, why: string): Promise<Step> =>
  completeMatch(context, held, { ...match, phase: 'dropping' }, why);

function refused(context: ActionContext, held: Held, match: Match, reason: string): Promise<Step> {
  const why = `The article is offered at ItGoesForward. Shipment ${match.shipmentId} of order ${match.orderId} goes its normal way: ${reason}.`;
  return dropped(context, held, { ...match, refused: true }, why);
}
