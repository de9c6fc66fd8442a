/** Rules about the merchant's decision on a return without a listing. */
import { statusOf } from '../../returns/return-item.ts';
import type { NextStep } from '../decision.ts';
import { isPending, noAction, openState, stay, unchanged } from '../steps.ts';
import type { UnlistedView } from '../view.ts';

export const alreadyClosed = ({ item }: UnlistedView): NextStep | undefined =>
  item.state === 'Closed' ? unchanged(item) : undefined;

/** After a call of unknown outcome the return may be listed, so the bridge checks that first. */
export function close({ item, merchantEnd }: UnlistedView): NextStep | undefined {
  if (!merchantEnd) return undefined;
  const why = `The return is over: ${merchantEnd.why}.`;
  if (!isPending(item, 'list')) return { state: 'Closed', why, action: noAction };
  return {
    state: 'Listing',
    why: `${why} The bridge is checking whether IGF listed it.`,
    action: { kind: 'resolve' },
  };
}

const stayOpen = ({ item }: UnlistedView, why: string, attention?: string): NextStep =>
  stay(item, openState(item), why, { attention });

export const notAuthorizedYet = (view: UnlistedView): NextStep | undefined =>
  statusOf(view.item) === 'pending'
    ? stayOpen(view, 'The merchant has not authorized the return yet.')
    : undefined;

export function noUnitAuthorized(view: UnlistedView): NextStep | undefined {
  const { quantityApproved } = view.item.opening ?? {};
  if (
    statusOf(view.item) !== 'partially_authorized' ||
    quantityApproved === undefined ||
    quantityApproved > 0
  )
    return undefined;
  return stayOpen(view, 'The merchant has not authorized any unit of it yet.');
}

export function approvedNumberUnknown(view: UnlistedView): NextStep | undefined {
  const { quantityApproved, quantityRequested = 1 } = view.item.opening ?? {};
  if (
    statusOf(view.item) !== 'partially_authorized' ||
    quantityApproved !== undefined ||
    quantityRequested <= 1
  )
    return undefined;
  return stayOpen(
    view,
    'It is not known how many units the merchant authorized.',
    'Partially authorized without a number of units: enter at Winkelstraat how many are approved.',
  );
}
