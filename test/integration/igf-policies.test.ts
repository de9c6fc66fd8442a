import { get as getRetailer } from '../../lib/igf/api/retailer.ts';
import { igfClient } from '../../lib/igf/client.ts';
import { refreshRules } from '../../lib/reconciler/igf-account.ts';
import { bridgeTable } from '../../lib/table/bridge-table.ts';
import { Bridge, type BridgeOptions } from '../support/bridge.ts';
import { igfKey } from '../support/igf.ts';
import { customerEmail, order, rma, shipment, sku } from '../support/webhooks.ts';
import { type Stack, startWorld, type World } from '../support/world.ts';

let world: World;
let stack: Stack;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());
beforeEach(async () => {
  await world.igf.forget();
  stack = await world.deploy();
});

const bridge = (policy: BridgeOptions['policy'] = {}): Bridge => new Bridge(world, stack, { policy });
const calls = async (): Promise<string[]> =>
  (await world.igf.requests()).map(({ method, path }) => `${method} ${path}`);

describe('checkForwardable', () => {
  test('on checks at IGF once and lists an Available article', async () => {
    const worker = bridge({ checkForwardable: 'on' });
    await worker.takes(shipment(), rma());
    expect(await calls()).toEqual(['POST /info/forwardable', 'POST /listings']);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
  });

  test('on lets the normal return go on for an article that is not Available', async () => {
    await world.igf.does('PUT', '/retailer', { blacklist: [sku] });
    const worker = bridge({ checkForwardable: 'on' });
    await worker.takes(shipment(), rma(), rma({ status: 'partially_authorized' }));
    expect(await calls()).toEqual(['POST /info/forwardable']);
    expect(await worker.theReturn(order)).toMatchObject({
      state: 'NotForwardable',
      why: expect.stringContaining('Unavailable'),
    });
  });

  test('on repeats the check when IGF does not answer, and then lists', async () => {
    const worker = bridge({ checkForwardable: 'on' });
    await world.igf.fault({ operation: 'POST /info/forwardable', status: 503 });
    await worker.takes(shipment(), rma());
    expect(await calls()).toEqual(['POST /info/forwardable', 'POST /info/forwardable', 'POST /listings']);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
  });

  test('off makes no check', async () => {
    const worker = bridge({ checkForwardable: 'off' });
    await worker.takes(shipment(), rma());
    expect(await calls()).toEqual(['POST /listings']);
  });
});

describe('regularReturns', () => {
  const broken = () => rma({}, { reason: 'broken' });
  const warehouse = {
    name: 'Central',
    street: 'Kade',
    houseNumber: '1',
    city: 'Ede',
    postalCode: '6711 AA',
    countryCode: 'NL',
  };

  test('on makes a regular return once for an article that can not be forwarded', async () => {
    await world.igf.does('POST', '/warehouse', warehouse);
    const worker = bridge({ regularReturns: 'on' });
    for (let copy = 0; copy < 5; copy += 1) await worker.deliver(broken());
    await worker.takes(shipment(), broken());
    await worker.finish();
    expect(await calls()).toEqual(['POST /returns']);
    expect(await world.igf.see('/returns')).toMatchObject([{ webshopOrderId: order, products: [{ sku }] }]);
    expect(await worker.theReturn(order)).toMatchObject({
      state: 'NotForwardable',
      regularReturn: { id: 1 },
      why: expect.stringContaining('regular return 1'),
    });
  });

  test('on makes one regular return although IGF’s answer was lost', async () => {
    await world.igf.does('POST', '/warehouse', warehouse);
    await world.igf.fault({ operation: 'POST /returns', afterCommit: true });
    const worker = bridge({ regularReturns: 'on' });
    await worker.takes(shipment(), broken());
    expect(await calls()).toEqual(['POST /returns', 'GET /returns']);
    expect(await worker.theReturn(order)).toMatchObject({ regularReturn: { id: 1 } });
  });

  test('on sets attention when the retailer has no warehouse', async () => {
    const worker = bridge({ regularReturns: 'on' });
    await worker.takes(shipment(), broken());
    expect(await worker.theReturn(order)).toMatchObject({
      state: 'NotForwardable',
      attention: expect.stringContaining('by hand'),
    });
    expect(await worker.parked()).toHaveLength(1);
  });

  test('off makes no regular return', async () => {
    await world.igf.does('POST', '/warehouse', warehouse);
    const worker = bridge();
    await worker.takes(shipment(), broken());
    expect(await calls()).toEqual([]);
  });
});

describe('the retailer’s configuration', () => {
  /** Reads the configuration, as each run of the reconciler does. */
  const refresh = async () => {
    const transport = { baseUrl: world.addresses.igf, apiKey: async () => igfKey, timeoutMs: 1000 };
    const { retailer } = igfClient({ ...transport, now: Date.now }, { retailer: { get: getRetailer } });
    await refreshRules(retailer, bridgeTable(world.dynamodb, stack.table), Date.now);
  };

  test.each([
    ['a country that is not the retailer’s', { countries: ['BE', 'DE'] }, /not among the retailer/],
    ['a customer whom the retailer has banned', { bannedEmails: [customerEmail.toUpperCase()] }, /banned/],
  ])('keeps %s from being listed', async (_what, change, why) => {
    await world.igf.does('PUT', '/retailer', change);
    await refresh();
    const worker = bridge();
    await worker.takes(shipment(), rma());
    expect(await worker.theReturn(order)).toMatchObject({
      state: 'NotForwardable',
      why: expect.stringMatching(why),
    });
    expect((await calls()).filter((call) => call !== 'GET /retailer')).toEqual([]);
  });

  test('that excludes nothing costs a listing no call to IGF', async () => {
    await refresh();
    const worker = bridge();
    await worker.takes(shipment(), rma());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
    expect(await calls()).toEqual(['GET /retailer', 'POST /listings']);
  });

  test('that could not be read blocks nothing', async () => {
    await world.igf.fault({ operation: 'GET /retailer', status: 503 });
    await refresh();
    const worker = bridge();
    expect(await worker.item('RETAILER', 'RETAILER')).toBeUndefined();
    await worker.takes(shipment(), rma());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
  });
});
