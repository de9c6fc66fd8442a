import * as z from 'zod/mini';
import { invalid, notAllowed, notFound } from '../errors.ts';
import { buyListing, confirmPayment, removeOrder, undoOrder } from '../lifecycle/buying.ts';
import type { Context } from '../lifecycle/forwarding.ts';
import { OrderBody } from '../requests.ts';
import { shownWords } from '../settings.ts';
import type { OrderRow } from '../store.ts';
import { customerResponseById } from './customers.ts';
import { integerParam, type OperationCall, type Operations, read, readInteger } from './operation.ts';
import { firstInChain, lastInChain } from './order-chain.ts';

/** "An order is created when someone purchases a listing." */
export const orderOperations: Operations = {
  'GET /orders': [200, find],
  'POST /orders': [201, (call) => create(call, false)],
  'POST /orders/commit': [201, (call) => create(call, true)],
  'POST /orders/finalize/{id}': [200, finalize],
  'GET /orders/sku/{skuId}': [200, (call) => ordersWith(call, 'sku', call.params.skuId)],
  'GET /orders/receiver/{receiverId}': [200, (call) => ordersWith(call, 'receiverId')],
  'GET /orders/sender/{senderId}': [200, (call) => ordersWith(call, 'senderId')],
  'GET /orders/product/{productId}': [200, (call) => ordersWith(call, 'productId')],
  'GET /orders/initial/{id}': [200, (call) => inChain(call, firstInChain)],
  'GET /orders/latest/{id}': [200, (call) => inChain(call, lastInChain)],
  'GET /orders/{orderId}': [200, (call) => orderResponse(call, orderOf(call, 'orderId'))],
  'DELETE /orders/{orderId}': [204, remove],
};

/** The document writes `Customer`, IGF's own shop module `customer`. */
const CreateOrder = z.pipe(z.transform(withLowercaseCustomer), OrderBody);

function withLowercaseCustomer(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('Customer' in body)) return body;
  const { Customer: customer, ...rest } = body;
  return { ...rest, customer };
}

const FinalizeOrder = z.object({ action: z.enum(['CONFIRM', 'REJECT']) });

/** All orders as a list; with `listingId` the listing's order itself, as in the sample, or an empty list. */
function find(call: OperationCall) {
  const query = new URLSearchParams(call.query);
  const options = query.get('options');
  if (options !== null && options !== 'ordersDetails') {
    throw invalid([{ path: 'options', message: 'must be ordersDetails' }]);
  }
  const respond = (order: OrderRow) => (options ? orderDetails(call, order) : orderResponse(call, order));
  const orders = call.store.orders.all();
  const listingId = query.get('listingId');
  if (listingId === null) return orders.map(respond);
  const id = readInteger('listingId', listingId);
  const order = orders.findLast((each) => each.listingId === id);
  return order ? respond(order) : [];
}

function create(call: OperationCall, awaitsPayment: boolean) {
  return orderResponse(call, buyListing(call, read(CreateOrder, call.body), awaitsPayment));
}

/** The answer to a rejection is the last state of the order. */
function finalize(call: OperationCall) {
  const order = orderOf(call, 'id');
  const { action } = read(FinalizeOrder, call.body);
  if (order.status === 'Cancelled') throw notAllowed('The order is cancelled');
  if (!order.awaitsPayment) throw notAllowed('The order does not wait to be confirmed or rejected');
  if (action === 'CONFIRM') return orderResponse(call, confirmPayment(call, order));
  const last = orderResponse(call, { ...order, status: 'Cancelled', updatedAt: call.now });
  undoOrder(call, order);
  return last;
}

/** Like a rejection. A handed-in order can't be undone, and a cancelled listing stays cancelled. */
function remove(call: OperationCall): void {
  const order = orderOf(call, 'orderId');
  if (order.status === 'Cancelled') removeOrder(call.store, order);
  else if (order.status === 'Matched' || order.status === 'Labelled') undoOrder(call, order);
  else throw notAllowed(`The order can not be deleted anymore: it is ${order.status}`);
}

function inChain(call: OperationCall, search: typeof firstInChain) {
  const id = call.params.id ?? '';
  const order = search(call.store, id);
  if (order === undefined) throw notFound(`An order for webshop order ${id}`);
  return orderResponse(call, order);
}

function orderOf(call: OperationCall, name: string): OrderRow {
  return call.store.orders.get(integerParam(call, name));
}

/** The orders with a value in a field; by default that of the path's parameter, an integer with the same name. */
function ordersWith(
  call: OperationCall,
  field: keyof ReturnType<typeof orderResponse>,
  value = `${integerParam(call, field)}`,
) {
  const answers = call.store.orders.all().map((order) => orderResponse(call, order));
  return answers.filter((answer) => `${answer[field]}` === value);
}

/** The order of the vendor document. Many of its fields are its listing's. */
export function orderResponse({ store, settings }: Pick<Context, 'store' | 'settings'>, order: OrderRow) {
  const listing = store.listings.get(order.listingId);
  const words = shownWords(settings);
  const { awaitsPayment: _waits, carrierName: _carrier, ...shown } = order;
  const { sku, productId, listingWebshopOrderId, senderId } = listing;
  return {
    ...shown,
    ...{ sku, productId, listingWebshopOrderId, senderId },
    status: words.orderStatus(order.status),
    cancelReason: order.cancelReason && words.cancelReason(order.cancelReason),
    sender: customerResponseById(store, senderId),
    receiver: customerResponseById(store, order.receiverId),
  };
}

/** The answer with `options=ordersDetails`. */
function orderDetails({ store }: OperationCall, order: OrderRow) {
  const { sku, listingWebshopOrderId } = store.listings.get(order.listingId);
  return { sku, webshopOrderId: order.webshopOrderId, listingWebshopOrderId };
}
