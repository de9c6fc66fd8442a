/** The closed lists of terms in the vendors' documents. */

/** Winkelstraat's families of webhooks: stock-hub for resellers, push-api for merchants. */
export const families = ['stock-hub', 'push-api'] as const;
export type Family = (typeof families)[number];

/** The states that Winkelstraat documents for a line of a push-api credit memo. */
export const creditMemoStatuses = ['NONE', 'DEFICIENT', 'CANCELLED', 'FUNDED_BY_PLATFORM'] as const;

/** Winkelstraat's states of an RMA and its items, by rank: an RMA has no time of change, so further means newer. */
const ranks = {
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
export type RmaStatus = keyof typeof ranks;
export const rmaStatuses = Object.keys(ranks) as RmaStatus[];

export const statusRank = (status: RmaStatus): number => ranks[status];

/** From here on the article is with the merchant or the RMA has ended: it can't go to another customer any more. */
export const endsReturn = (status: RmaStatus): boolean => ranks[status] >= ranks.received;

/** In these states the header's status counts for all items of the RMA. */
export const endsWholeRma = (status: RmaStatus): boolean => ranks[status] >= ranks.denied;

/** The states that Winkelstraat documents for a shipment. */
export const shipmentStatuses = [
  'UNKNOWN',
  'READY_FOR_PICKUP',
  'IN_TRANSIT',
  'EXCEPTION',
  'DELIVERED',
] as const;

/** The states of IGF's listings, orders and shipments in order. The document lists those of the last two only. */
export const igfStatuses: readonly string[] = [
  'Pending',
  'Available',
  'Matched',
  'Labelled',
  'Shipped',
  'Completed',
  'Cancelled',
];

/** Why IGF cancels a listing. An order is cancelled for three of these. */
export const cancelReasons = [
  'NOT_DELIVERED_BY_CARRIER',
  'CUSTOMER_BANNED',
  'MATCHING_PERIOD_PASSED',
  'RETURN_DEADLINE_PASSED',
  'USER_CANCELLED',
] as const;

/** The events that IGF sends webhooks for, one subscription each (vendor document, "Subscribe to a webhook"). */
export const eventTypes = [
  'ADD_LISTING',
  'UPDATE_LISTING',
  'RETURN_CANCELED',
  'RETURN_DEADLINE_PASSED',
  'LABELED',
  'SHIPPED',
  'COMPLETED',
  'REFUND',
] as const;
export type EventType = (typeof eventTypes)[number];

/** Why a customer returns an article: the closed list of IGF's `returnReason`. */
export const returnReasons = [
  'color',
  'too_small',
  'too_big',
  'broken',
  'style',
  'not_what_expected',
  'changed_my_mind',
  'other_good_condition',
  'other_bad_condition',
  'no_reason',
  'wrong_item',
] as const;
export type ReturnReason = (typeof returnReasons)[number];
