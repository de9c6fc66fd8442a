import { readBuyer } from '../actions/sale.ts';
import { hasBuyer, listingVersion } from '../returns/igf-state.ts';
import type { ReturnState } from '../returns/return-item.ts';
import type { NextStep } from './rule.ts';
import { followIgf } from './steps.ts';
import type { ListedView } from './view.ts';

/**
 * Somebody bought the article, and the order is unknown: the bridge reads it at IGF. An order is known by its number in the
 * webshop, or by its status: then IGF answered it and gave no number.
 */
export function readUnknownBuyer(view: ListedView): NextStep | undefined {
  const { item, igf, listingId, policy } = view;
  const isKnown = igf.order?.webshopOrderId !== undefined || igf.order?.status !== undefined;
  if (isKnown || policy.mode === 'observe' || !mayHaveBuyer(view)) return undefined;
  if (item.ordersReadOf === listingVersion(igf)) return undefined;
  return { ...followIgf(view), action: readBuyer({ listingId }) };
}

const ended: ReadonlySet<ReturnState> = new Set(['Cancelled', 'DeadlinePassed']);

/** A listing that ended may have had a buyer whom no event reported. Then it names a receiver. */
const mayHaveBuyer = ({ igf, progress }: ListedView): boolean =>
  hasBuyer(igf) || (ended.has(progress.state) && igf.listing?.receiverId !== undefined);
