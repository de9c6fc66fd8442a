import type { RmaStatus } from '../webhooks/winkelstraat/fields.ts';

/** Further in the life of an RMA means newer: Winkelstraat sends no time of change with an RMA. */
const ranks: Record<RmaStatus, number> = {
  pending: 0,
  authorized: 1,
  partially_authorized: 1,
  received: 2,
  received_on_item: 2,
  approved: 3,
  approved_on_item: 3,
  rejected: 3,
  rejected_on_item: 3,
  denied: 4,
  closed: 4,
  processed_closed: 4,
};

export const statusRank = (status: RmaStatus): number => ranks[status];

/** From here on the article is with the merchant or the RMA has ended: it can't go to another customer any more. */
export const endsReturn = (status: RmaStatus): boolean => ranks[status] >= ranks.received;

/** The states in which a header speaks for all its items. */
export const endsWholeRma = (status: RmaStatus): boolean => ranks[status] >= ranks.denied;
