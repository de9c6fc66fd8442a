import { invalid, notAllowed, notFound } from '../errors.ts';
import { forwardingOf, listingOfOrder, move } from '../life/forwarding.ts';
import { tellListing } from '../life/notices.ts';
import { complete, label } from '../life/shipping.ts';
import type { Call, Operation } from '../operation.ts';
import { read, readInteger } from '../reading.ts';
import { rowOf, rowOfText } from '../rows.ts';
import { Feedback, ShipmentRequest } from '../schemas/shipment.ts';
import type { Order, Shipment } from '../store.ts';
import { showNewShipment, showShipment } from './shipment-response.ts';

/** "Upon creation, shipment data is [sent] to the carrier, and the shipping label is retrieved from the carrier." */
export const shipments: readonly Operation[] = [
  { name: 'GET /shipments', status: 200, run: find },
  { name: 'POST /shipments', status: 201, run: create },
  { name: 'GET /shipments/{shipmentId}', status: 200, run: (call) => showShipment(call, shipmentOf(call)) },
  { name: 'DELETE /shipments/{shipmentId}', status: 204, run: remove },
  { name: 'PUT /shipments/{shipmentId}/delivered', status: 200, run: deliver },
  { name: 'PUT /shipments/{shipmentId}/feedback', status: 200, run: setFeedback },
];

/** All shipments as a list; with `orderId` or `listingId` the one that is asked for, as in the sample, or an empty list. */
function find(call: Call) {
  const query = new URLSearchParams(call.query);
  const orderId = query.get('orderId');
  const listingId = query.get('listingId');
  if (orderId !== null && listingId !== null) {
    throw invalid([{ path: 'listingId', message: 'cannot be used with orderId' }]);
  }
  if (orderId !== null) {
    const id = readInteger('orderId', orderId);
    return one(call, (order) => order.id === id);
  }
  if (listingId !== null) {
    const id = readInteger('listingId', listingId);
    return one(call, (order) => order.listingId === id);
  }
  return call.store.shipments.all().map((shipment) => showShipment(call, shipment));
}

function one(call: Call, wanted: (order: Order) => boolean) {
  const shipment = call.store.shipments.all().find((each) => wanted(orderOf(call, each)));
  return shipment ? showShipment(call, shipment) : [];
}

function create(call: Call) {
  const { orderId } = read(ShipmentRequest, call.body);
  const order = call.store.orders.find(orderId);
  if (order === undefined) throw notFound(`Order ${orderId}`);
  return showNewShipment(call, label(call, order));
}

/** The order is only matched again; what was handed in to the carrier can't be deleted. */
function remove(call: Call): void {
  const { store } = call;
  const shipment = rowOf(store.shipments, call, 'shipmentId', 'Shipment');
  if (shipment.status === 'Shipped' || shipment.status === 'Completed') {
    throw notAllowed(`The shipment can not be deleted anymore: it is ${shipment.status}`);
  }
  const forwarding = forwardingOf(store, listingOfOrder(store, orderOf(call, shipment)));
  store.shipments.remove(shipment.id);
  if (shipment.status === 'Cancelled') return;
  const { listing } = move(call, { ...forwarding, shipment: undefined }, 'Matched');
  tellListing(call, 'UPDATE_LISTING', listing);
}

/** Setting it twice is not an error and tells nobody again. */
function deliver(call: Call) {
  const shipment = shipmentOf(call);
  if (shipment.status === 'Cancelled') throw notAllowed('The shipment is cancelled');
  if (shipment.status !== 'Completed') {
    complete(call, forwardingOf(call.store, listingOfOrder(call.store, orderOf(call, shipment))));
  }
  return showShipment(call, shipmentOf(call));
}

function setFeedback(call: Call) {
  const { feedback } = read(Feedback, call.body);
  const updatedAt = call.now.toISOString();
  return showShipment(call, call.store.shipments.replace({ ...shipmentOf(call), feedback, updatedAt }));
}

function shipmentOf(call: Call): Shipment {
  return rowOfText(call.store.shipments, call, 'shipmentId', 'Shipment');
}

function orderOf({ store }: Call, shipment: Shipment): Order {
  const order = store.orders.find(shipment.orderId);
  if (order === undefined) throw new Error(`Shipment ${shipment.id} has no order`);
  return order;
}
