import type { ReturnInputs, RmaReport } from './inputs.ts';

const over = [
  ...['received', 'received_on_item', 'approved', 'approved_on_item', 'rejected', 'rejected_on_item'],
  ...['denied', 'closed', 'processed_closed'],
];
/** Of a header's statuses only these count for an item with a status of its own. */
const wholeRmaOver = ['denied', 'closed', 'processed_closed'];
/** These headers describe some of several items. */
const partial = ['partially_authorized', 'received_on_item', 'approved_on_item', 'rejected_on_item'];
export const documented = ['pending', 'authorized', 'partially_authorized', ...over];

/** The status with which a report ends the item. */
export function endOf({ itemCount }: ReturnInputs, { own, header }: RmaReport): string | undefined {
  const whole = String(header.status);
  if (header.date_received && itemCount === 1) return 'arrived';
  if (own !== undefined && over.includes(own)) return own;
  if (own !== undefined) return wholeRmaOver.includes(whole) ? whole : undefined;
  return over.includes(whole) && !(partial.includes(whole) && itemCount > 1) ? whole : undefined;
}

/** Whether a report of an RMA with several items says something about some of them. */
export const isPartly = ({ itemCount }: ReturnInputs, { own, header }: RmaReport): boolean =>
  itemCount > 1 &&
  (Boolean(header.date_received) || (own === undefined && partial.includes(String(header.status))));
