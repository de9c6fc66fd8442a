import type { ActionContext } from '../actions/action.ts';
import { defineAction } from '../actions/action.ts';
import { exactlyOnce } from '../actions/exactly-once.ts';
import { readCustomer } from '../returns/customer.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { shipmentName } from '../returns/return-item.ts';
import { canFulfil } from './find-matches.ts';
import {
  findOrders,
  type MatchedListing,
  matchChange,
  matchedOrderText,
  numberAtIgf,
  releaseMatch,
} from './order-status.ts';
import { findShipment } from './reserve.ts';

/** IGF's id of the order, or why it was not placed. */
type Placed = { igfOrderId: number } | { reason: string; refused?: true };

/** Orders the listing at IGF for the matched shipment, without confirming the order yet. */
export const place = defineAction<MatchedListing & { checkFirst: boolean }>('place', {
  call: 'commitOrder',
  describe: () => 'the bridge would call ItGoesForward',
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
      done: (placed, item) =>
        'igfOrderId' in placed
          ? matchChange(item, { ...match, phase: 'committed', ...placed })
          : releaseMatch(item, { ...match, ...(placed.refused && { refused: true }) }, placed.reason),
      refused: ({ message }, item) => ({
        ...releaseMatch(item, { ...match, refused: true }, goesItsNormalWay(matched, message).reason),
        refusal: undefined,
      }),
      notStored: (placed, item, cause) =>
        'igfOrderId' in placed ? rejectOrder(context, item, placed.igfOrderId, cause) : Promise.resolve(),
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
    return { reason: `Shipment ${match.shipmentId} can no longer wait.` };
  }
  const { customer } = reading;
  const { id } = await igf.orders.commit({ listingId, webshopOrderId: numberAtIgf(match), customer });
  return { igfOrderId: id };
}

/**
 * Rejects an order at IGF that could not be stored. Nobody would confirm it, and the listing would stay
 * blocked. When the rejection fails too, the claim stays, and the first attempt after its end finds the
 * order. An attempt that took over the claim may have stored the order already; then the order stays.
 */
async function rejectOrder(
  { dependencies: { igf, table } }: ActionContext,
  { orderId }: ReturnItem,
  igfOrderId: number,
  cause: 'failed' | 'changed',
): Promise<void> {
  if (cause === 'failed') {
    await igf.orders.reject(igfOrderId).catch(() => {});
    return;
  }
  const { returns } = await table.readOrder(orderId);
  const isKnown = returns.some(({ match }) => match?.igfOrderId === igfOrderId);
  if (!isKnown) await igf.orders.reject(igfOrderId);
}
