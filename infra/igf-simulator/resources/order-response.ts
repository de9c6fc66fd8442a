import { listingOfOrder } from '../life/forwarding.ts';
import type { Moment } from '../life/moment.ts';
import type { Order } from '../store.ts';
import { showCustomerWithId } from './customer-response.ts';
import { described } from './enum-texts.ts';

type Seen = Pick<Moment, 'store' | 'settings'>;

/** The order of the vendor document, in its order of fields; much of it is its listing's. */
export function showOrder({ store, settings }: Seen, order: Order) {
  const listing = listingOfOrder(store, order);
  const withText = settings.enumDescriptions === true;
  const { cancelReason } = order;
  return {
    id: order.id,
    listingId: order.listingId,
    sku: listing.sku,
    productId: listing.productId,
    orderDate: order.orderDate,
    returnDeadline: order.returnDeadline,
    status: withText ? described.orderStatus(order.status) : order.status,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    webshopOrderId: order.webshopOrderId,
    webshopOrderItemId: order.webshopOrderItemId,
    cancelReason: cancelReason && withText ? described.cancelReason(cancelReason) : cancelReason,
    listingWebshopOrderId: listing.listingWebshopOrderId,
    receiverId: order.receiverId,
    senderId: listing.senderId,
    sender: showCustomerWithId(store, listing.senderId),
    receiver: showCustomerWithId(store, order.receiverId),
  };
}

/** What `options=ordersDetails` asks for. */
export function showOrderDetails({ store }: Seen, order: Order) {
  const { sku, listingWebshopOrderId } = listingOfOrder(store, order);
  return { sku, webshopOrderId: order.webshopOrderId, listingWebshopOrderId };
}
