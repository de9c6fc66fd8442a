import {
  address,
  another,
  buyer,
  buyersOrder,
  collected,
  eachMatching,
  placed,
  waiting,
} from '../support/each-matching.ts';
import { customerEmail, order, rma, shipment } from '../support/webhooks.ts';

const { world, bridge, calls, orders, expectOneOrder } = eachMatching();

describe('on', () => {
  test.each([
    ['the listing is first', [shipment(), rma(), waiting()]],
    ['the shipment is first', [shipment(), waiting(), rma()]],
    ['both come again', [shipment(), waiting(), rma(), waiting({ po_number: 'AGAIN' }), rma()]],
  ])('orders the listing for the buyer and confirms it when %s', async (_what, deliveries) => {
    const worker = bridge();
    await worker.takes(...deliveries);
    expect(await calls()).toEqual(placed);
    await expectOneOrder(worker);
    const commit = (await world().igf.requests()).find(({ path }) => path === '/orders/commit');
    expect(commit?.body).toMatchObject({
      listingId: 1,
      webshopOrderId: buyersOrder,
      customer: { email: 'buyer@example.com', lastName: 'Koper', address: { houseNr: '99' } },
    });
    expect(worker.notices).toHaveLength(1);
  });

  test('places one order although 10 workers process it at once', async () => {
    const worker = bridge();
    await worker.takes(shipment(), rma());
    for (let copy = 0; copy < 10; copy += 1) await worker.deliver(waiting());
    await worker.finish();
    expect(await calls()).toEqual(placed);
    await expectOneOrder(worker);
  });

  test('places one order although listing and shipment come at once', async () => {
    const worker = bridge();
    await worker.takes(shipment());
    for (let copy = 0; copy < 5; copy += 1) {
      await worker.deliver(rma());
      await worker.deliver(waiting());
    }
    await worker.finish();
    expect((await calls()).filter((call) => call.endsWith('commit'))).toHaveLength(1);
    await expectOneOrder(worker);
  });

  test('lets the warehouse send the shipment when somebody has bought the listing already', async () => {
    const worker = bridge();
    await worker.takes(shipment(), rma());
    await world().igf.happens('/orders', { listingId: 1, webshopOrderId: 'OTHER' });
    await worker.takes(waiting(), waiting({ po_number: 'AGAIN' }));
    expect(await calls()).toEqual(['POST /orders/commit', 'GET /orders?listingId=1']);
    expect(await orders()).toMatchObject([{ webshopOrderId: 'OTHER' }]);
    const item = await worker.theReturn(order);
    expect(item).not.toHaveProperty('attention');
    expect(item).not.toHaveProperty('match');
    expect(await worker.parked()).toEqual([]);
  });

  test('sets the attention "Served twice" when the shipment is collected all the same', async () => {
    const worker = bridge();
    await worker.takes(shipment(), rma(), waiting(), collected());
    expect(await worker.theReturn(order)).toMatchObject({
      state: 'Matched',
      attention: 'Served twice: hold shipment 000000401 or cancel listing 1.',
    });
  });

  test('matches one of two listed returns with one unit', async () => {
    const worker = bridge();
    await worker.takes(shipment(), rma(), ...another(), waiting());
    expect((await calls()).filter((call) => call.endsWith('commit'))).toHaveLength(1);
    expect(await orders()).toHaveLength(1);
    const states = [await worker.theReturn(order), await worker.theReturn('000000600')];
    expect(states.map(({ state }) => state).sort()).toEqual(['Listed', 'Matched']);
  });

  test('matches two listed returns with two units, and one return with one of two shipments', async () => {
    const worker = bridge();
    await worker.takes(shipment(), rma(), ...another(), waiting({}, 2));
    expect(await orders()).toHaveLength(2);
    await worker.takes(waiting({ increment_id: '000000402', order_increment_id: '000000778' }));
    expect(await orders()).toHaveLength(2);
  });

  test.each([
    ['the sender of the return', { shipping_address: { ...buyer, email: customerEmail.toUpperCase() } }],
    ['at the sender’s address, and has no email', { shipping_address: { ...address, email: null } }],
  ])('matches nothing when the receiver is %s', async (_who, header) => {
    const worker = bridge();
    await worker.takes(shipment(), rma(), waiting(header));
    expect(await calls()).toEqual([]);
    expect(await worker.theReturn(order)).not.toHaveProperty('match');
  });

  test.each([
    ['is collected', { collected_at: '2024-02-25 10:00:00' }],
    ['is on its way', { status: 'IN_TRANSIT' }],
  ])('matches no shipment that %s', async (_what, header) => {
    const worker = bridge();
    await worker.takes(shipment(), rma(), waiting(header));
    expect(await calls()).toEqual([]);
  });

  test('makes no call with mode=observe', async () => {
    await bridge().takes(shipment(), rma());
    const worker = bridge('on', { policy: { mode: 'observe' } });
    await worker.takes(waiting());
    expect(await calls()).toEqual([]);
    expect(await worker.theReturn(order)).toMatchObject({
      state: 'Listed',
      why: expect.stringMatching(/^Observed only: .*shipment 000000401 of order 000000777/),
    });
  });
});
