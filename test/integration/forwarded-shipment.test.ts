import { Bridge } from '../support/bridge.ts';
import type { TestIgf } from '../support/igf.ts';
import { order, rma, shipment, sku } from '../support/webhooks.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let winkelstraat: Bridge;
let igf: Bridge;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());
beforeEach(async () => {
  await world.igf.forget();
  const stack = await world.deploy();
  winkelstraat = new Bridge(world, stack);
  igf = new Bridge(world, stack, { sender: 'igf' });
});

const buyersOrder = '000000777';
const label = '3SDEVC676401291';

/** The buyer's shipment at Winkelstraat. */
const buyersShipment = (header: object = {}, line: object = { sku }) =>
  shipment(
    {
      increment_id: '000000401',
      order_increment_id: buyersOrder,
      track: { tracking_number: label, carrier: 'postnl' },
      ...header,
    },
    line as Record<string, unknown>,
  );
const deliveredAt = (time: string) => ({ status: 'DELIVERED', delivered_at: time, updated_at: time });
const delivered = (header: object = {}) =>
  buyersShipment({ ...deliveredAt('2024-06-01 10:00:00'), ...header });

/** Somebody bought the listing, and IGF reports the label of its shipment. */
async function labelled(test: TestIgf = world.igf): Promise<void> {
  await winkelstraat.takes(shipment(), rma());
  const { listingId = 0 } = await winkelstraat.theReturn(order);
  await test.happens('/orders', { listingId, webshopOrderId: buyersOrder });
  await test.happens('/events', { eventType: 'LABELED', listingId });
}
const igfTellsOfLabel = async (): Promise<void> =>
  igf.takes({ webhook: 'v1/labeled', payload: await world.igf.see('/shipments/1') });

const calls = async (): Promise<string[]> =>
  (await world.igf.requests())
    .map(({ method, path }) => `${method} ${path}`)
    .filter((call) => call.includes('/shipments'));

describe('a delivered shipment that carries the label of a forwarding', () => {
  test('completes the forwarding at IGF once, whether IGF or Winkelstraat reports first', async () => {
    await labelled();
    await igfTellsOfLabel();
    expect(await winkelstraat.theReturn(order)).toMatchObject({ state: 'Labelled' });
    await winkelstraat.takes(delivered(), delivered({ po_number: 'AGAIN' }));
    expect(await calls()).toEqual(['PUT /shipments/1/delivered']);
    expect(await world.igf.see('/shipments/1')).toMatchObject({
      status: expect.stringMatching(/^Completed/),
    });
    expect(await winkelstraat.theReturn(order)).toMatchObject({ state: 'Completed', setDelivered: 1 });
  });

  test('completes it when the label is reported after the delivery', async () => {
    await labelled();
    await winkelstraat.takes(delivered());
    expect(await calls()).toEqual([]);
    await igfTellsOfLabel();
    expect(await calls()).toEqual(['PUT /shipments/1/delivered']);
    expect(await winkelstraat.theReturn(order)).toMatchObject({ state: 'Completed' });
  });

  test('completes it once although IGF’s answer was lost', async () => {
    await labelled();
    await igfTellsOfLabel();
    await world.igf.fault({ operation: 'PUT /shipments/{shipmentId}/delivered', afterCommit: true });
    await winkelstraat.takes(delivered());
    expect(await calls()).toEqual(['PUT /shipments/1/delivered', 'GET /shipments/1']);
    expect(await winkelstraat.theReturn(order)).toMatchObject({ state: 'Completed' });
    expect(await winkelstraat.parked()).toEqual([]);
  });

  test('completes it once although 10 duplicates come in parallel', async () => {
    await labelled();
    await igfTellsOfLabel();
    for (let copy = 0; copy < 10; copy += 1) await winkelstraat.deliver(delivered());
    await winkelstraat.finish();
    expect((await calls()).filter((call) => call.startsWith('PUT'))).toHaveLength(1);
    expect(await winkelstraat.theReturn(order)).toMatchObject({ state: 'Completed' });
  });

  test('completes nothing when it is the warehouse’s own shipment for the same order', async () => {
    await labelled();
    await igfTellsOfLabel();
    await winkelstraat.takes(delivered({ track: { tracking_number: '1Z7E3V556825150AAP' } }));
    expect(await calls()).toEqual([]);
    expect(await winkelstraat.theReturn(order)).toMatchObject({ state: 'Labelled' });
  });
});

describe('the buyer’s order with a shipment of the same article', () => {
  const warehouse = () =>
    buyersShipment({ increment_id: '000000402', track: { tracking_number: '1Z7E3V556825150AAP' } });

  test('sets attention while the match is open, whether IGF or Winkelstraat reports first', async () => {
    await labelled();
    await winkelstraat.takes(warehouse());
    await igfTellsOfLabel();
    const attention = 'Served twice: hold shipment 000000402 or cancel listing 1.';
    expect(await winkelstraat.theReturn(order)).toMatchObject({ state: 'Labelled', attention });
  });

  test('sets attention when the shipment comes last, but none for the forwarding’s own shipment', async () => {
    await labelled();
    await igfTellsOfLabel();
    await winkelstraat.takes(buyersShipment());
    expect(await winkelstraat.theReturn(order)).not.toHaveProperty('attention');
    await winkelstraat.takes(warehouse());
    expect(await winkelstraat.theReturn(order)).toMatchObject({
      attention: expect.stringMatching(/^Served twice/),
    });
  });
});
