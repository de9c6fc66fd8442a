import * as z from 'zod/mini';

/** The eight events to which a tenant can subscribe. */
export const WebhookEventType = z.enum([
  'ADD_LISTING',
  'UPDATE_LISTING',
  'RETURN_DEADLINE_PASSED',
  'RETURN_CANCELED',
  'LABELED',
  'SHIPPED',
  'COMPLETED',
  'REFUND',
]);
export type WebhookEventType = z.infer<typeof WebhookEventType>;

/** The carriers that the document supports. */
export const Carrier = z.enum(['PostNL', 'DHL_eCommerce_Benelux', 'TestCarrier']);
export type Carrier = z.infer<typeof Carrier>;

/** Why a listing was cancelled. An order knows three of these reasons only. */
export const ListingCancelReason = z.enum([
  'NOT_DELIVERED_BY_CARRIER',
  'CUSTOMER_BANNED',
  'MATCHING_PERIOD_PASSED',
  'RETURN_DEADLINE_PASSED',
  'USER_CANCELLED',
]);
export type ListingCancelReason = z.infer<typeof ListingCancelReason>;

/** Statuses and reasons with the text that the document lists beside each. */
export const shipmentStatuses = {
  Labelled: 'when label is generated',
  Shipped: 'when it was handed in to the carrier',
  Completed: 'when it was delivered',
  Cancelled: 'when it was canceled, or the return deadline has passed',
};
export type SimulatedShipmentStatus = keyof typeof shipmentStatuses;

export const orderStatuses = {
  Matched: 'when the order is created and matched with a listing - the default status',
  Labelled: 'When the order is labelled and shipment is created',
  Shipped: 'When the order is shipped',
  Completed: 'When the order has arrived',
  Cancelled: 'When the order is cancelled',
};
export type OrderStatus = keyof typeof orderStatuses;

/** The document types it as a string: the values of an update, and the statuses of the listing's order. */
export type ListingStatus = 'Available' | 'Pending' | OrderStatus;

export const orderCancelReasons = {
  NOT_DELIVERED_BY_CARRIER: 'When the carrier does not deliver the order',
  CUSTOMER_BANNED: 'When the customer is banned',
  RETURN_DEADLINE_PASSED: 'When the return deadline has passed and sender has not handed in the package',
};
export type OrderCancelReason = keyof typeof orderCancelReasons;

/** Two of a listing's reasons leave its order without one. */
export function isOrderCancelReason(reason: ListingCancelReason): reason is OrderCancelReason {
  return reason in orderCancelReasons;
}
