import { invalid, notAllowed, notFound } from '../errors.ts';
import { buy, confirm, removeOrder, undo } from '../life/buying.ts';
import { listingOfOrder } from '../life/forwarding.ts';
import type { Call, Operation } from '../operation.ts';
import { read, readInteger } from '../reading.ts';
import { rowOf } from '../rows.ts';
import { Finalization, OrderRequest } from '../schemas/order.ts';
import type { Listing, Order } from '../store.ts';
import { firstInChain, lastInChain } from './order-chain.ts';
import { showOrder, showOrderDetails } from './order-response.ts';

/** "An order is created when someone purchases a listing." */
export const orders: readonly Operation[] = [
  { name: 'GET /orders', status: 200, run: find },
  {
    name: 'POST /orders',
    status: 201,
    run: (call) => showOrder(call, buy(call, read(OrderRequest, call.body))),
  },
  { name: 'POST /orders/commit', status: 201, run: commit },
  { name: 'POST /orders/finalize/{id}', status: 200, run: finalize },
  { name: 'GET /orders/sku/{skuId}', status: 200, run: bySku },
  { name: 'GET /orders/receiver/{receiverId}', status: 200, run: byReceiver },
  { name: 'GET /orders/sender/{senderId}', status: 200, run: bySender },
  { name: 'GET /orders/product/{productId}', status: 200, run: byProduct },
  { name: 'GET /orders/initial/{id}', status: 200, run: (call) => inChain(call, firstInChain) },
  { name: 'GET /orders/latest/{id}', status: 200, run: (call) => inChain(call, lastInChain) },
  { name: 'GET /orders/{orderId}', status: 200, run: (call) => showOrder(call, orderOf(call, 'orderId')) },
  { name: 'DELETE /orders/{orderId}', status: 204, run: remove },
];

/** All orders as a list; with `listingId` the one order of the listing, as in the sample, or an empty list. */
function find(call: Call) {
  const query = new URLSearchParams(call.query);
  const options = query.get('options');
  if (options !== null && options !== 'ordersDetails') {
    throw invalid([{ path: 'options', message: 'must be ordersDetails' }]);
  }
  const show = (order: Order) => (options ? showOrderDetails(call, order) : showOrder(call, order));
  const all = call.store.orders.all();
  const listingId = query.get('listingId');
  if (listingId === null) return all.map(show);
  const id = readInteger('listingId', listingId);
  const order = all.find((each) => each.listingId === id);
  return order ? show(order) : [];
}

function commit(call: Call) {
  return showOrder(call, buy(call, read(OrderRequest, call.body), { awaitsPayment: true }));
}

/** The answer to a rejection is the order as it was last. */
function finalize(call: Call) {
  const order = orderOf(call, 'id');
  const { action } = read(Finalization, call.body);
  if (order.status === 'Cancelled') throw notAllowed('The order is cancelled');
  if (!order.awaitsPayment) throw notAllowed('The order does not wait to be confirmed or rejected');
  if (action === 'CONFIRM') return showOrder(call, confirm(call, order));
  const last = showOrder(call, { ...order, status: 'Cancelled', updatedAt: call.now.toISOString() });
  undo(call, order);
  return last;
}

/** Like a rejection; what was handed in to the carrier can't be undone, and what was cancelled stays so. */
function remove(call: Call): void {
  const order = orderOf(call, 'orderId');
  if (order.status === 'Cancelled') removeOrder(call.store, order);
  else if (order.status === 'Matched' || order.status === 'Labelled') undo(call, order);
  else throw notAllowed(`The order can not be deleted anymore: it is ${order.status}`);
}

function bySku(call: Call) {
  return shown(call, (_order, { sku }) => sku === call.params.skuId);
}

function byReceiver(call: Call) {
  const id = readInteger('receiverId', call.params.receiverId);
  return shown(call, ({ receiverId }) => receiverId === id);
}

function bySender(call: Call) {
  const id = readInteger('senderId', call.params.senderId);
  return shown(call, (_order, { senderId }) => senderId === id);
}

function byProduct(call: Call) {
  const id = readInteger('productId', call.params.productId);
  return shown(call, (_order, { productId }) => productId === String(id));
}

function inChain(call: Call, search: typeof firstInChain) {
  const id = call.params.id ?? '';
  const order = search(call.store, id);
  if (order === undefined) throw notFound(`An order for webshop order ${id}`);
  return showOrder(call, order);
}

function orderOf(call: Call, name: string): Order {
  return rowOf(call.store.orders, call, name, 'Order');
}

function shown(call: Call, wanted: (order: Order, listing: Listing) => boolean) {
  return call.store.orders
    .all()
    .filter((order) => wanted(order, listingOfOrder(call.store, order)))
    .map((order) => showOrder(call, order));
}
