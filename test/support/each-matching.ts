import { Bridge, type BridgeOptions } from './bridge.ts';
import { order, rma, shipment, sku } from './webhooks.ts';
import { type Stack, startWorld, type World } from './world.ts';

export const buyersOrder = '000000777';
export const address = Object(shipment().payload.shipping_address);
export const buyer = { ...address, email: 'buyer@example.com', last_name: 'Koper', house_number: '99' };

/** A shipment that the warehouse is about to send to somebody else: one unit of the same article. */
export const waiting = (header: object = {}, quantity = 1) =>
  shipment(
    {
      increment_id: '000000401',
      order_increment_id: buyersOrder,
      status: 'READY_FOR_PICKUP',
      collected_at: null,
      track: null,
      shipping_address: buyer,
      ...header,
    },
    { sku, qty: quantity },
  );
/** The same shipment, once its carrier has it. */
export const collected = () =>
  waiting({ status: 'IN_TRANSIT', collected_at: '2024-06-02 10:00:00', updated_at: '2024-06-02 10:00:00' });

/** An order of another customer, with its one shipment and the return of its article. */
export const another = (header: object = {}) => [
  shipment({ order_increment_id: '000000600', increment_id: '000000300', ...header }),
  rma({ order_increment_id: '000000600', increment_id: '000000094', ...header }, { id: 91 }),
];

const toHold = 'Hold shipment 000000401 of order 000000777: the article comes from another customer.';

/** The calls that place and confirm order 1. */
export const placed = ['POST /orders/commit', 'POST /orders/finalize/1'];

/** Starts one world for the tests of a file, and gives each test a fresh stack with the policy `matchShipments`. */
export function eachMatching() {
  let world: World;
  let stack: Stack;

  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world?.close());
  const deploy = async (): Promise<void> => {
    await world.igf.forget();
    stack = await world.deploy();
  };
  beforeEach(deploy);

  const orders = async () => (await world.igf.see('/orders')) as unknown as Record<string, unknown>[];
  const theListing = async () => (await world.igf.listings())[0];

  return {
    world: () => world,
    /** Another fresh stack. */
    deploy,
    bridge: (matchShipments: 'off' | 'suggest' | 'on' = 'on', options: BridgeOptions = {}): Bridge =>
      new Bridge(world, stack, { ...options, policy: { ...options.policy, matchShipments } }),
    orders,
    theListing,
    /** The calls to IGF beside listings. */
    calls: async (): Promise<string[]> =>
      (await world.igf.requests())
        .map(({ method, path }) => `${method} ${path}`)
        .filter((call) => call !== 'POST /listings'),
    /** Checks that the listing is ordered for the buyer, once. */
    async expectOneOrder(worker: Bridge): Promise<void> {
      expect(await orders()).toMatchObject([{ id: 1, listingId: 1, webshopOrderId: buyersOrder }]);
      expect(await theListing()).toMatchObject({ status: 'Matched' });
      expect(await worker.theReturn(order)).toMatchObject({
        state: 'Matched',
        igfOrderId: 1,
        attention: toHold,
        match: { phase: 'confirmed', orderId: buyersOrder, shipmentId: '000000401' },
      });
      expect(await worker.parked()).toEqual([]);
    },
  };
}
