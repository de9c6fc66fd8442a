import * as z from 'zod/mini';
import { invalid, notAllowed } from '../errors.ts';
import { type Context, forwardingOf, setStatus } from '../lifecycle/forwarding.ts';
import { completeDelivery, createLabel, rate } from '../lifecycle/shipping.ts';
import { shownWords } from '../settings.ts';
import type { ShipmentRow } from '../store.ts';
import { warehouseResponse } from './back-office.ts';
import { integerParam, type OperationCall, type Operations, read, readInteger } from './operation.ts';
import { orderResponse } from './orders.ts';

/** "Upon creation, [...] the shipping label is retrieved from the carrier." */
export const shipmentOperations: Operations = {
  'GET /shipments': [200, find],
  'POST /shipments': [201, create],
  'GET /shipments/{shipmentId}': [200, (call) => shipmentResponse(call, shipmentOf(call))],
  'DELETE /shipments/{shipmentId}': [204, remove],
  'PUT /shipments/{shipmentId}/delivered': [200, setDelivered],
  'PUT /shipments/{shipmentId}/feedback': [200, setFeedback],
};

const CreateShipment = z.object({ orderId: z.int32() });

/** Body of "Set feedback for a shipment": 0 bad, 1 neutral, 2 good. */
const Feedback = z.object({ feedback: z.int().check(z.minimum(0), z.maximum(2)) });

/** A list; with `orderId` or `listingId` the shipment itself, as in the sample, or an empty list. */
function find(call: OperationCall) {
  const query = new URLSearchParams(call.query);
  const orderId = query.get('orderId');
  const listingId = query.get('listingId');
  if (orderId !== null && listingId !== null) {
    throw invalid([{ path: 'listingId', message: 'cannot be used with orderId' }]);
  }
  const shipments = call.store.shipments.all().map((shipment) => shipmentResponse(call, shipment));
  if (orderId !== null) {
    const id = readInteger('orderId', orderId);
    return shipments.find((shipment) => shipment.orderId === id) ?? [];
  }
  if (listingId !== null) {
    const id = readInteger('listingId', listingId);
    return shipments.findLast(({ order }) => order?.listingId === id) ?? [];
  }
  return shipments;
}

/** The answer has neither warehouse nor order, and its `label` is the printable label, base64. */
function create(call: OperationCall) {
  const { orderId } = read(CreateShipment, call.body);
  const shipment = createLabel(call, call.store.orders.get(orderId));
  const printable = `%PDF-1.4\n% Label ${shipment.label} of ${shipment.carrierName}\n`;
  return { ...shipmentFields(call, shipment), label: Buffer.from(printable).toString('base64') };
}

/** The order becomes Matched again. What was handed in to the carrier can't be deleted. */
function remove(call: OperationCall): void {
  const { store } = call;
  const shipment = store.shipments.get(integerParam(call, 'shipmentId'));
  if (shipment.status === 'Shipped' || shipment.status === 'Completed') {
    throw notAllowed(`The shipment can not be deleted anymore: it is ${shipment.status}`);
  }
  const { listingId } = store.orders.get(shipment.orderId);
  store.shipments.remove(shipment.id);
  if (shipment.status === 'Cancelled') return;
  const { listing } = setStatus(call, forwardingOf(store, listingId), 'Matched');
  call.send({ eventType: 'UPDATE_LISTING', listing });
}

/** A second call is not an error and sends no webhook. */
function setDelivered(call: OperationCall) {
  const { store } = call;
  const shipment = shipmentOf(call);
  if (shipment.status === 'Cancelled') throw notAllowed('The shipment is cancelled');
  if (shipment.status !== 'Completed') {
    completeDelivery(call, {
      ...forwardingOf(store, store.orders.get(shipment.orderId).listingId),
      shipment,
    });
  }
  return shipmentResponse(call, shipmentOf(call));
}

function setFeedback(call: OperationCall) {
  const { feedback } = read(Feedback, call.body);
  return shipmentResponse(call, rate(call, shipmentOf(call), feedback));
}

function shipmentOf(call: OperationCall): ShipmentRow {
  return call.store.shipments.get(call.params.shipmentId);
}

type Shown = Pick<Context, 'store' | 'settings'>;

/** The shipment with its warehouse and order. Its `label` is the code that the carrier scans. */
export function shipmentResponse(context: Shown, shipment: ShipmentRow) {
  const { store } = context;
  const order = store.orders.find(shipment.orderId);
  const warehouse = store.warehouses.find(shipment.warehouseId);
  return {
    ...shipmentFields(context, shipment),
    warehouse: warehouse && warehouseResponse(warehouse),
    order: order && orderResponse(context, order),
  };
}

function shipmentFields({ settings }: Shown, shipment: ShipmentRow) {
  const { arrivedAt: _arrived, isRefunded: _refunded, feedback: _feedback, ...fields } = shipment;
  return {
    ...fields,
    status: shownWords(settings).shipmentStatus(shipment.status),
    label: settings.labelPicture === undefined ? shipment.label : 'A'.repeat(settings.labelPicture),
    labelType: 'QR',
  };
}
