import { defineAction } from '../actions/action.ts';
import { exactlyOnce } from '../actions/exactly-once.ts';
import { shipmentName } from '../returns/return-item.ts';
import {
  concludeMatch,
  findOrders,
  type MatchedListing,
  type OrderEnd,
  orderEnd,
  releaseMatch,
} from './order-status.ts';

/**
 * Rejects the order of a match, if it was placed, because the return is over or the shipment could not wait.
 */
export const withdraw = defineAction<MatchedListing>('withdraw', {
  call: 'finalizeOrder',
  describe: () => 'the bridge would call ItGoesForward',
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
        end === 'withdrawn' ? releaseMatch(item, matched.match) : concludeMatch(context, matched, end, item),
    }),
});
