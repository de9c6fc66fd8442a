import { type ActionContext, defineAction, writeItem } from '../actions/action.ts';
import { exactlyOnce } from '../actions/exactly-once.ts';
import { readCustomer } from '../returns/customer.ts';
import { type ReturnItem, shipmentName } from '../returns/return-item.ts';
import { canFulfil, findShipment, serves } from './matches.ts';
import {
  concludeMatch,
  findOrders,
  type MatchedListing,
  matchedOrderText,
  numberAtIgf,
  type OrderEnd,
  orderEnd,
  releaseMatch,
} from './order-status.ts';

/** IGF's id of the order, or why it was not placed. */
type Placed = { igfOrderId: number } | { reason: string; refused?: true };

/** Orders the listing at IGF for the matched shipment, without confirming the order yet. */
export const place = defineAction<MatchedListing & { checkFirst: boolean }>('place', {
  call: 'commitOrder',
  run: (context, { checkFirst, ...matched }) => {
    const { match } = matched;
    return exactlyOnce<Placed>(context, {
      operation: 'place',
      request: shipmentName(match),
      checkFirst,
      claimed: { match: { ...match, phase: 'ordering' } },
      find: async () => {
        const { own, others } = await findOrders(context, matched);
        if (own) return { igfOrderId: own.id };
        return others ? goesItsNormalWay(matched, 'somebody else has ordered the listing') : undefined;
      },
      notDone: { match: { ...match, phase: 'reserved' } },
      call: () => commit(context, matched),
      done: (placed) =>
        'igfOrderId' in placed
          ? { match: { ...match, phase: 'committed', ...placed } }
          : releaseMatch({ ...match, ...(placed.refused && { refused: true }) }, placed.reason),
      refused: ({ message }) => ({
        ...releaseMatch({ ...match, refused: true }, goesItsNormalWay(matched, message).reason),
        refusal: undefined,
      }),
      notStored: async (placed, item, cause) => {
        if ('igfOrderId' in placed) await rejectOrder(context, item, placed.igfOrderId, cause);
      },
    });
  },
});

const goesItsNormalWay = ({ match }: MatchedListing, reason: string) => ({
  reason: `The article is offered at ItGoesForward. Shipment ${match.shipmentId} of ${matchedOrderText(match)} goes its normal way: ${reason}.`,
  refused: true as const,
});

/** Reads the shipment once more, because it may have been collected since the reservation. */
async function commit(context: ActionContext, { listingId, match }: MatchedListing): Promise<Placed> {
  const { igf, table } = context.dependencies;
  const shipment = await findShipment(context, match);
  const reading = readCustomer(shipment?.address);
  const order = await table.readOrder(context.item.orderId);
  if (!('customer' in reading) || !canFulfil(order, context.item, shipment)) {
    return { reason: `It is too late for shipment ${match.shipmentId}.` };
  }
  const { customer } = reading;
  const { id } = await igf.orders.commit({ listingId, webshopOrderId: numberAtIgf(match), customer });
  return { igfOrderId: id };
}

/**
 * Rejects an order that could not be stored: nobody would confirm it, and its listing would stay blocked. When that
 * fails too, the claim stays, and the first attempt after its end finds the order. An order stays that another attempt
 * has stored, or will find at IGF because it places the same one.
 */
async function rejectOrder(
  { dependencies: { igf, table } }: ActionContext,
  { orderId, pendingCall: ended }: ReturnItem,
  igfOrderId: number,
  cause: 'failed' | 'changed',
): Promise<void> {
  if (cause === 'failed') {
    await igf.orders.reject(igfOrderId).catch(() => {});
    return;
  }
  const { returns } = await table.readOrder(orderId);
  const isTakenOver = returns.some(
    ({ match, pendingCall }) =>
      match?.igfOrderId === igfOrderId ||
      (pendingCall?.operation === ended?.operation && pendingCall?.request === ended?.request),
  );
  if (!isTakenOver) await igf.orders.reject(igfOrderId);
}

/** Confirms the order. IGF refuses to confirm it twice; the worker then reads the order's status. */
export const confirmMatch = defineAction<MatchedListing & { checkFirst: boolean }>('confirm', {
  call: 'finalizeOrder',
  run: async (context, { checkFirst, ...matched }) => {
    const { listingId, match } = matched;
    if (!(await serves(context, match))) {
      return { next: await writeItem(context, { ...context.item, match: { ...match, unwanted: true } }) };
    }
    const igfOrderId = match.igfOrderId ?? 0;
    return exactlyOnce<OrderEnd>(context, {
      operation: 'confirm',
      request: shipmentName(match),
      checkFirst,
      find: () => orderEnd(context, matched),
      call: async () => ({ ...(await context.dependencies.igf.orders.confirm(igfOrderId)), listingId }),
      done: (end, item) => concludeMatch(context, matched, end, item),
      refused: ({ message }) => ({
        why: `ItGoesForward refused to confirm order ${igfOrderId}: ${message}.`,
        match: { ...match, unwanted: true, refused: true },
        refusal: undefined,
      }),
    });
  },
});

/** Rejects the order, if it was placed. */
export const withdraw = defineAction<MatchedListing>('withdraw', {
  call: 'finalizeOrder',
  run: (context, matched) =>
    exactlyOnce<OrderEnd | 'withdrawn'>(context, {
      operation: 'withdraw',
      request: shipmentName(matched.match),
      // The call itself looks first: it rejects an order only if that is neither gone nor confirmed.
      checkFirst: false,
      find: () => orderEnd(context, matched),
      call: async () => {
        const end = await orderEnd(context, matched);
        if (end) return end;
        const { own } = await findOrders(context, matched);
        if (own) await context.dependencies.igf.orders.reject(own.id);
        return 'withdrawn';
      },
      done: (end, item) =>
        end === 'withdrawn' ? releaseMatch(matched.match) : concludeMatch(context, matched, end, item),
    }),
});
