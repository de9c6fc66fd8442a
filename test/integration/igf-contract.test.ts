import { simulatedOperations } from '../../infra/igf-simulator/api/routes.ts';
import { type AnyEndpoint, operationName } from '../../lib/igf/endpoint.ts';
import { groups, operations } from '../../lib/igf/operations.ts';
import { startTestIgf, type TestIgf } from '../support/igf.ts';
import { calls, wholeIgf } from '../support/igf-calls.ts';

/*
 * The client and the simulator implement the vendor's document without common code. Each operation of the
 * client is checked against the simulator, over HTTP.
 */
const firstKey = 'integration-igf-key';

let igf: TestIgf;
beforeEach(async () => {
  igf = await startTestIgf();
});
afterEach(() => igf.close());

test('the table has the 64 operations of the document, in its order', () => {
  expect(operations.map(({ number }) => number)).toEqual(Array.from({ length: 64 }, (_, index) => index + 1));
});

test('every operation has a call here, and a method of the client', () => {
  const defined = Object.values(groups).flatMap((group): (() => AnyEndpoint)[] => Object.values(group));

  expect(Object.keys(calls).sort()).toEqual(operations.map(({ name }) => name).sort());
  expect(new Set(defined.map((define) => define().operation.name))).toEqual(
    new Set(operations.map(({ name }) => name)),
  );
});

test('the simulator knows the same operations', () => {
  expect(Object.keys(simulatedOperations).sort()).toEqual(operations.map(operationName).sort());
});

const template = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/?]+')}(\\?.*)?$`);

test.each(operations.map((operation) => [operation.number, operation.title, operation] as const))(
  '%i. %s',
  async (_number, _title, operation) => {
    await calls[operation.name as keyof typeof calls](wholeIgf(igf.url, firstKey));

    const requests = await igf.requests();
    const last = requests.at(-1);
    expect(requests.map(({ status }) => Math.floor((status ?? 0) / 100))).toEqual(requests.map(() => 2));
    expect(last?.method).toBe(operation.method);
    expect(last?.path).toMatch(template(operation.path));
  },
);

test('a committed order is rejected by the same operation that confirms it', async () => {
  const client = wholeIgf(igf.url, firstKey);
  const order = (await calls.commitOrder(client)) as { id: number; listingId: number };

  await client.orders.reject(order.id);

  expect(await client.listings.get(order.listingId)).toMatchObject({ status: 'Available' });
  expect(await client.orders.ofListing(order.listingId)).toEqual([]);
});

test('orders and shipments are listed completely, by listing or order, and as details', async () => {
  const client = wholeIgf(igf.url, firstKey);
  const shipment = (await calls.createShipment(client)) as { id: number; orderId: number };
  const { listingId } = await client.orders.get(shipment.orderId);

  expect(await client.orders.all()).toMatchObject([{ id: shipment.orderId }]);
  expect(await client.orders.details()).toEqual([
    { sku: '381189-L/rood', webshopOrderId: 'W-2', listingWebshopOrderId: '000000549' },
  ]);
  expect(await client.shipments.all()).toMatchObject([{ id: shipment.id }]);
  expect(await client.shipments.ofListing(listingId ?? 0)).toMatchObject([
    { id: shipment.id, status: 'Labelled' },
  ]);
});

test.each(['lower', 'upper', 'american'])(
  'words in the spelling "%s" are read as the document’s',
  async (words) => {
    const client = wholeIgf(igf.url, firstKey);
    const shipment = (await calls.createShipment(client)) as { id: number; orderId: number };
    const listingId = (await client.orders.get(shipment.orderId)).listingId ?? 0;
    await igf.set({ words });
    const statuses = async () => [
      (await client.listings.get(listingId)).status,
      (await client.orders.get(shipment.orderId)).status,
      (await client.shipments.get(shipment.id)).status,
    ];

    expect(await statuses()).toEqual(['Labelled', 'Labelled', 'Labelled']);
    await client.listings.cancel(listingId);
    expect(await statuses()).toEqual(['Cancelled', 'Cancelled', 'Cancelled']);
    expect(await client.info.forwardable({ items: [{ sku: 'sku-90' }] })).toMatchObject([
      { status: 'Available' },
    ]);
  },
);

test('ids in a query are separated by unescaped commas, as IGF requires', async () => {
  const client = wholeIgf(igf.url, firstKey);

  await calls.findListings(client);

  expect((await igf.requests()).at(-1)?.path).toBe('/listings/all?ids=1,2&listingWebshopOrderId=000000549');
});
