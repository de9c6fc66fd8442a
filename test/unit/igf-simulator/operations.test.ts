import { simulatedOperations } from '../../../infra/igf-simulator/api/routes.ts';
import {
  aBuyer,
  aCustomer,
  aListing,
  anAddress,
  anOrder,
  apiKey,
  aRegularReturn,
  aWarehouse,
  igf,
} from './igf.ts';

const { call, control, list, buy, label } = igf();

/**
 * A state in which every operation finds its subject: listing 1 is labelled (order 1, shipment 1), listing 2
 * waits for a payment (order 2), listing 3 is available, listing 5 is matched (order 3); customer 3 takes
 * part in nothing.
 */
beforeEach(async () => {
  for (let i = 0; i < 3; i += 1) await list({ productId: '7984' });
  await buy();
  await label();
  await call('POST', '/orders/commit', anOrder({ listingId: 2, webshopOrderId: 'W-3' }));
  await call('POST', '/warehouse', aWarehouse());
  await call('POST', '/webhooks', { eventType: 'REFUND', url: 'http://127.0.0.1:9/refund' });
  await call('POST', '/carrier-contracts', { name: 'PostNL', data: {} });
  await call('POST', '/returns', aRegularReturn());
  await list({ customer: aCustomer({ email: 'gone@example.com' }) });
  await call('DELETE', '/listings/4');
  await list();
  await buy({ listingId: 5 });
});

/** Every operation of the vendor document, how it is called and what it answers. */
const calls: [operation: string, path: string, body: unknown, status: number][] = [
  ['GET /listings', '/listings', undefined, 200],
  ['POST /listings', '/listings', aListing(), 201],
  ['GET /listings/all', '/listings/all', undefined, 200],
  ['GET /listings/product', '/listings/product?ids=7984,2', undefined, 200],
  ['GET /listings/product/{productId}', '/listings/product/7984', undefined, 200],
  ['GET /listings/sku/{skuId}', '/listings/sku/381189-L', undefined, 200],
  ['GET /listings/customer/{customerId}', '/listings/customer/1', undefined, 200],
  ['GET /listings/nanoId/{id}', '/listings/nanoId/1', undefined, 200],
  ['GET /listings/{id}', '/listings/1', undefined, 200],
  ['PUT /listings/{id}', '/listings/1', { originalPrice: 1 }, 200],
  ['DELETE /listings/{id}', '/listings/3', undefined, 200],
  ['PUT /listings/cancel/{listingId}', '/listings/cancel/1', { cancelReason: 'USER_CANCELLED' }, 200],
  ['GET /orders', '/orders', undefined, 200],
  ['POST /orders', '/orders', anOrder({ listingId: 3 }), 201],
  ['POST /orders/commit', '/orders/commit', anOrder({ listingId: 3 }), 201],
  ['POST /orders/finalize/{id}', '/orders/finalize/2', { action: 'CONFIRM' }, 200],
  ['GET /orders/sku/{skuId}', '/orders/sku/381189-L', undefined, 200],
  ['GET /orders/receiver/{receiverId}', '/orders/receiver/2', undefined, 200],
  ['GET /orders/sender/{senderId}', '/orders/sender/1', undefined, 200],
  ['GET /orders/product/{productId}', '/orders/product/7984', undefined, 200],
  ['GET /orders/initial/{id}', '/orders/initial/W-2', undefined, 200],
  ['GET /orders/latest/{id}', '/orders/latest/000000549', undefined, 200],
  ['GET /orders/{orderId}', '/orders/1', undefined, 200],
  ['DELETE /orders/{orderId}', '/orders/1', undefined, 204],
  ['GET /shipments', '/shipments?listingId=1', undefined, 200],
  ['POST /shipments', '/shipments', { orderId: 3 }, 201],
  ['GET /shipments/{shipmentId}', '/shipments/1', undefined, 200],
  ['DELETE /shipments/{shipmentId}', '/shipments/1', undefined, 204],
  ['PUT /shipments/{shipmentId}/delivered', '/shipments/1/delivered', undefined, 200],
  ['PUT /shipments/{shipmentId}/feedback', '/shipments/1/feedback', { feedback: 2 }, 200],
  ['GET /customer/{id}', '/customer/1', undefined, 200],
  ['PUT /customer/{id}', '/customer/1', aBuyer({ address: anAddress() }), 200],
  ['DELETE /customer/{id}', '/customer/3', undefined, 204],
  ['POST /customer/ban', '/customer/ban', 'bo@example.com', 200],
  ['GET /customer/email/{email}', '/customer/email/bo%40example.com', undefined, 200],
  ['GET /warehouse', '/warehouse', undefined, 200],
  ['POST /warehouse', '/warehouse', aWarehouse(), 201],
  ['GET /warehouse/retailer', '/warehouse/retailer', undefined, 200],
  ['GET /warehouse/{id}', '/warehouse/1', undefined, 200],
  ['PUT /warehouse/{id}', '/warehouse/1', aWarehouse(), 200],
  ['DELETE /warehouse/{id}', '/warehouse/1', undefined, 204],
  ['GET /webhooks', '/webhooks', undefined, 200],
  ['POST /webhooks', '/webhooks', { eventType: 'SHIPPED', url: 'http://127.0.0.1:9/shipped' }, 201],
  ['DELETE /webhooks/{id}', '/webhooks/1', undefined, 204],
  ['DELETE /webhooks/eventType/{eventType}', '/webhooks/eventType/REFUND', undefined, 204],
  ['GET /info', '/info', undefined, 200],
  ['POST /info/forwardable', '/info/forwardable', { items: [{ sku: 'a' }] }, 200],
  ['PUT /tenant/apiKey', '/tenant/apiKey', { apiKey: 'b-key' }, 200],
  ['GET /retailer', '/retailer', undefined, 200],
  ['PUT /retailer', '/retailer', { name: 'B' }, 200],
  ['PUT /retailer/discount/enable', '/retailer/discount/enable', undefined, 204],
  ['PUT /retailer/discount/disable', '/retailer/discount/disable', undefined, 204],
  ['GET /carrier-contracts', '/carrier-contracts', undefined, 200],
  ['POST /carrier-contracts', '/carrier-contracts', { name: 'PostNL', data: {} }, 201],
  ['GET /carrier-contracts/schemas', '/carrier-contracts/schemas', undefined, 200],
  ['GET /carrier-contracts/{id}', '/carrier-contracts/1', undefined, 200],
  ['PUT /carrier-contracts/{id}', '/carrier-contracts/1', { data: { a: 1 } }, 200],
  ['DELETE /carrier-contracts/{id}', '/carrier-contracts/1', undefined, 200],
  ['GET /discount', '/discount', undefined, 200],
  ['PUT /discount', '/discount', [{ minPrice: 0, maxPrice: 50, maxDiscount: 10 }], 200],
  ['GET /returns', '/returns', undefined, 200],
  ['POST /returns', '/returns', aRegularReturn(), 201],
  ['GET /returns/{webshopOrderId}', '/returns/000000549', undefined, 200],
  ['DELETE /returns/{id}', '/returns/1', undefined, 200],
];

test('knows the 64 operations of the vendor document and no other', () => {
  expect(calls).toHaveLength(64);
  expect(Object.keys(simulatedOperations).toSorted()).toEqual(calls.map(([name]) => name).toSorted());
});

test.each(calls)(
  '%s checks the key, fails by a fault, and then succeeds',
  async (name, path, body, status) => {
    const [method = ''] = name.split(' ');
    expect((await call(method, path, body, { headers: { 'api-key': `${apiKey}?` } })).status).toBe(401);

    await control('POST', '/faults', { operation: name, status: 503 });
    expect(await call(method, path, body)).toMatchObject({ status: 503, body: { errorCode: 'E1503' } });

    const answer = await call(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body === '').toBe(status === 204);
  },
);
