import type { OrderCancelReason, OrderStatus, ShipmentStatus } from '../store.ts';

const shipmentTexts: Record<ShipmentStatus, string> = {
  Labelled: 'when label is generated',
  Shipped: 'when it was handed in to the carrier',
  Completed: 'when it was delivered',
  Cancelled: 'when it was canceled, or the return deadline has passed',
};

const orderTexts: Record<OrderStatus, string> = {
  Matched: 'when the order is created and matched with a listing - the default status',
  Labelled: 'When the order is labelled and shipment is created',
  Shipped: 'When the order is shipped',
  Completed: 'When the order has arrived',
  Cancelled: 'When the order is cancelled',
};

const reasonTexts: Record<OrderCancelReason, string> = {
  NOT_DELIVERED_BY_CARRIER: 'When the carrier does not deliver the order',
  CUSTOMER_BANNED: 'When the customer is banned',
  RETURN_DEADLINE_PASSED: 'When the return deadline has passed and sender has not handed in the package',
};

/** The enum texts as the document lists them: "Labelled - when label is generated". */
export const described = {
  shipmentStatus: (status: ShipmentStatus) => `${status} - ${shipmentTexts[status]}`,
  orderStatus: (status: OrderStatus) => `${status} - ${orderTexts[status]}`,
  cancelReason: (reason: OrderCancelReason) => `${reason} - ${reasonTexts[reason]}`,
};
