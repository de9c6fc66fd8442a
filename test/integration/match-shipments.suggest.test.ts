import { another, buyersOrder, collected, eachMatching, waiting } from '../support/each-matching.ts';
import { order, rma, shipment, sku } from '../support/webhooks.ts';

const { world, bridge, calls } = eachMatching();

const suggestion =
  'Shipment 000000401 of order 000000777 could be served by listing 1: hold it and place the order at ItGoesForward.';

describe('off', () => {
  test('neither matches nor searches', async () => {
    const worker = bridge('off');
    await worker.takes(shipment(), rma(), waiting());
    expect(await calls()).toEqual([]);
    expect(await worker.theReturn(order)).not.toHaveProperty('attention');
    expect(await worker.item(`SKU#${sku}`, `OFFER#${order}#000000093#90`)).toBeUndefined();
    expect(await worker.item(`SKU#${sku}`, `OPEN-SHIPMENT#${buyersOrder}#000000401`)).toBeUndefined();
  });
});

describe('suggest', () => {
  test.each([
    ['the listing is first', [shipment(), rma(), waiting()]],
    ['the shipment is first', [shipment(), waiting(), rma()]],
  ])('notifies people once and makes no call when %s', async (_what, deliveries) => {
    const worker = bridge('suggest');
    await worker.takes(...deliveries, waiting({ po_number: 'AGAIN' }), rma());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed', attention: suggestion });
    expect(worker.notices).toHaveLength(1);
    expect(await calls()).toEqual([]);
  });

  test('ends its attention once the shipment is collected', async () => {
    const worker = bridge('suggest');
    await worker.takes(shipment(), rma(), waiting(), collected());
    const item = await worker.theReturn(order);
    expect(item).not.toHaveProperty('attention');
    expect(item).not.toHaveProperty('match');
  });

  test('ends its attention once the return is over, and the unit is free for another return', async () => {
    const worker = bridge('suggest');
    await worker.takes(shipment(), rma(), waiting(), rma({ status: 'denied' }));
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Cancelled' });
    expect(await worker.theReturn(order)).not.toHaveProperty('attention');
    await worker.takes(...another());
    expect(await worker.theReturn('000000600')).toMatchObject({
      attention: suggestion.replace('listing 1', 'listing 2'),
    });
  });

  test('ends its attention once somebody bought the listing', async () => {
    const worker = bridge('suggest');
    await worker.takes(shipment(), rma(), waiting());
    await world().igf.happens('/orders', { listingId: 1, webshopOrderId: 'OTHER' });
    const igf = bridge('suggest', { sender: 'igf' });
    await igf.takes({ webhook: 'v1/update-listing', payload: await world().igf.see('/listings/1') });
    const item = await worker.theReturn(order);
    expect(item).toMatchObject({ state: 'Matched' });
    expect(item).not.toHaveProperty('attention');
  });
});
