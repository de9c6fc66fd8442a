import type { Policy } from '../config/policy.ts';
import type { RmaStatus } from '../facts/vendor-terms.ts';
import { endsReturn, endsWholeRma } from '../facts/vendor-terms.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import { type ReturnItem, statusOf } from '../returns/return-item.ts';

/** The end of a return at the merchant. */
export interface MerchantEnd {
  /** Completes "The return is over: …". */
  why: string;
  /** Every status that ended it; none when an `rma-item` ended it. */
  statuses: RmaStatus[];
}

/**
 * Whether a return is over at the merchant. Winkelstraat sends `rma-item` when an item is received or its RMA
 * is closed, so it ends the return. With the policy `rmaItemOpens`, an `rma-item` that reports nothing opens
 * a return instead, for a merchant who gets no `v2/rma`.
 */
export function endedByMerchant(
  order: OrderSnapshot,
  item: ReturnItem,
  policy: Policy,
): MerchantEnd | undefined {
  const { opening, closing } = item;
  const header = order.rmas.find(({ rmaId }) => rmaId === item.rmaId);
  const status = statusOf(item);
  const own = status && endsReturn(status) ? status : undefined;
  const whole = [opening?.rmaStatus, header?.status].map((one) =>
    one && endsWholeRma(one) ? one : undefined,
  );
  const statuses = [own, ...whole].filter((status) => status !== undefined);
  const [rmaStatus] = whole.filter((status) => status !== undefined);

  if (own) return { why: `its status is ${own}`, statuses };
  if (rmaStatus) return { why: `its RMA is ${rmaStatus}`, statuses };
  if (!closing) return undefined;
  const opens = policy.rmaItemOpens && closing.reportsNothing && !opening && !header;
  return opens ? undefined : { why: 'rma-item reports it received or its RMA closed', statuses };
}
