import { defineAction, writeItem } from '../actions/action.ts';
import { exactlyOnce } from '../actions/exactly-once.ts';
import { shipmentName } from '../returns/return-item.ts';
import { concludeMatch, type MatchedListing, matchChange, type OrderEnd, orderEnd } from './order-status.ts';
import { serves } from './reserve.ts';

/**
 * Confirms the order of a match. IGF refuses to confirm it twice; the worker then reads the order's status.
 */
export const confirmMatch = defineAction<MatchedListing & { checkFirst: boolean }>('confirm', {
  call: 'finalizeOrder',
  describe: () => 'the bridge would call ItGoesForward',
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
      refused: ({ message }, item) => ({
        ...matchChange(
          item,
          { ...match, unwanted: true, refused: true },
          `ItGoesForward refused to confirm order ${igfOrderId}: ${message}.`,
        ),
        refusal: undefined,
      }),
    });
  },
});
