import { Bridge, type BridgeOptions } from '../support/bridge.ts';
import type { Json } from '../support/builders.ts';
import { logLines } from '../support/log-lines.ts';
import { customerEmail, order, rma, rmaItem, shipment, sku, v2Rma } from '../support/webhooks.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());
beforeEach(() => world.igf.forget());

const bridge = async (options?: BridgeOptions): Promise<Bridge> =>
  new Bridge(world, await world.deploy(), options);

const jan = {
  email: customerEmail,
  firstName: 'Jan',
  lastName: 'Jansen',
  language: 'nl',
  address: {
    street: 'Edsger Dijkstraat',
    houseNr: '12',
    city: 'Zonnewijk',
    postalCode: '9012DE',
    country: 'NL',
  },
};

const stockHubListing = {
  sku,
  productId: '381189',
  listingWebshopOrderId: '000000549',
  returnReason: 'no_reason',
  returnReasonComment: '[000000093/90]',
  originalPrice: 270,
  quantity: 1,
  maxQuantity: 2,
  customer: { ...jan, phone: '+31621510775' },
};

const pushApiListing = {
  sku: 'wsnl199-wsnl199-5c9de5ad4681ed3eb551e7ee',
  productId: '3G1MXE1MXVZF982',
  listingWebshopOrderId: '000000549',
  returnReason: 'other_good_condition',
  returnReasonComment: 'Meer bezorgd dan besteld [000000078/YEK]',
  originalPrice: 271,
  quantity: 1,
  maxQuantity: 1,
  customer: jan,
};

describe('a stock-hub return', () => {
  test('is listed once, with exactly the mapped fields, when its shipment came first', async () => {
    const { igf } = world;
    const worker = await bridge();
    await worker.takes(shipment(), rma());

    expect(await igf.requests()).toEqual([
      { method: 'POST', path: '/listings', status: 201, body: stockHubListing },
    ]);
    const [listing] = await igf.listings();
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed', listingId: listing?.id });
  });

  test('waits for its shipment when the return came first, and is then listed the same', async () => {
    const { igf } = world;
    const worker = await bridge();
    await worker.takes(rma());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'AwaitingShipment' });
    expect(await igf.requests()).toEqual([]);

    await worker.takes(shipment());
    expect((await igf.posts()).map(({ body }) => body)).toEqual([stockHubListing]);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
  });

  test('still waits after a shipment of the same order without its article', async () => {
    const worker = await bridge();
    await worker.takes(rma(), shipment({}, { sku: 'another-article' }));
    expect(await worker.theReturn(order)).toMatchObject({ state: 'AwaitingShipment' });
    expect(await world.igf.requests()).toEqual([]);
  });

  test('gets a pointer by which events of its listing find it', async () => {
    const worker = await bridge();
    await worker.takes(shipment(), rma());
    const { listingId = 0 } = await worker.theReturn(order);
    expect(await worker.item(`IGF#LISTING#${listingId}`, 'POINTER')).toMatchObject({
      orderId: '000000549',
      rmaId: '000000093',
      itemId: '90',
    });
  });

  test('writes neither its customer nor any key to the log', async () => {
    logLines.length = 0;
    await world.igf.fault({ operation: 'POST /listings', status: 400 });
    const worker = await bridge();
    await worker.takes(shipment(), rma());
    await worker.put('{"email":"jan.jansen@gwinkelstraat.nl"}');
    await worker.finish();

    const text = JSON.stringify(logLines);
    expect(text).toContain('decided');
    expect(text).toContain('parked');
    for (const secret of [
      customerEmail,
      'Jansen',
      'Dijkstraat',
      '9012DE',
      '+31621510775',
      '1Z97W143680086AAP',
    ]) {
      expect(text).not.toContain(secret);
    }
  });
});

describe('a push-api return', () => {
  test('is listed from its own address and price by v2/rma alone', async () => {
    const worker = await bridge();
    await worker.takes(v2Rma());
    expect((await world.igf.requests()).map(({ body }) => body)).toEqual([pushApiListing]);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
  });

  test('is closed, and its listing cancelled once, by a later rma-item', async () => {
    const worker = await bridge();
    await worker.takes(v2Rma(), rmaItem(), rmaItem({ updated_at: '2024-02-09T10:00:00.000+00:00' }));
    const [listing] = await world.igf.listings();
    expect(listing).toMatchObject({ status: 'Cancelled' });
    expect(await world.igf.cancellations()).toEqual([`/listings/cancel/${listing?.id}`]);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Cancelled' });
  });

  test('is recorded as Closed by an rma-item alone, and IGF is not called', async () => {
    const worker = await bridge();
    await worker.takes(rmaItem());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Closed' });
    expect(await world.igf.requests()).toEqual([]);
  });

  test('stays Closed when a v2/rma comes after the rma-item', async () => {
    const worker = await bridge();
    await worker.takes(rmaItem(), v2Rma());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Closed' });
    expect(await world.igf.requests()).toEqual([]);
  });
});

describe('an article that can not go to another customer', () => {
  test.each<[string, string, Json]>([
    ['its reason is broken', 'NotForwardable', { reason: 'broken' }],
    ['its reason says so in Dutch', 'NotForwardable', { reason: 'Verkeerd artikel' }],
    ['its condition is bad', 'NotForwardable', { condition: 'Beschadigd' }],
    ['an exchange is wanted', 'NotForwardable', { resolution: 'exchange' }],
    ['its reason is an unknown text', 'NeedsMapping', { reason: 'mouwen te wijd' }],
    ['its condition is an unknown text', 'NeedsMapping', { condition: 'beetje vies' }],
    ['its resolution is an unknown text', 'NeedsMapping', { resolution: 'weet niet' }],
  ])('when %s, is %s without a call to IGF', async (_why, state, item) => {
    const worker = await bridge();
    await worker.takes(shipment(), rma({}, item), v2Rma({}, item));
    const returns = await worker.returns(order);
    expect(returns.map((one) => one.state)).toEqual([state, state]);
    expect(await world.igf.requests()).toEqual([]);
    expect(await worker.parked()).toEqual([]);
  });

  test('asks for a mapping without repeating the text, which may hold a name', async () => {
    const worker = await bridge();
    await worker.takes(shipment(), rma({}, { reason: 'mouwen te wijd voor Jan' }));
    const { attention = '', why } = await worker.theReturn(order);
    expect(attention).toMatch(/map the text of the reason/i);
    expect(`${attention} ${why}`).not.toContain('Jan');
  });
});

describe('several articles', () => {
  test('of one RMA become a listing each', async () => {
    const worker = await bridge({ policy: { forward: 'each-item' } });
    const [one, other] = [{ sku: 'sku-one' }, { sku: 'sku-two', item_price_inc_tax: 30 }];
    await worker.takes(shipment({}, one, other), rma({}, { ...one, id: 90 }, { ...other, id: 91 }));

    const posts = (await world.igf.posts()).map(({ body }) => body as Json);
    expect(posts.map((body) => [body.sku, body.originalPrice, body.returnReasonComment])).toEqual([
      ['sku-one', 270, '[000000093/90]'],
      ['sku-two', 30, '[000000093/91]'],
    ]);
    const ids = (await worker.returns(order)).map(({ listingId }) => listingId);
    expect(new Set(ids).size).toBe(2);
    expect(ids.sort()).toEqual((await world.igf.listings()).map(({ id }) => id));
  });

  test('are decided about one by one: a broken one does not stop the listing of another', async () => {
    const worker = await bridge({ policy: { forward: 'each-item' } });
    await worker.takes(shipment(), rma({}, { id: 90, reason: 'defect' }, { id: 91 }));
    expect((await worker.returns(order)).map(({ state }) => state)).toEqual(['NotForwardable', 'Listed']);
    expect(await world.igf.posts()).toHaveLength(1);
  });
});

describe('unusual values of a sender', () => {
  test('half an emoji in a name does not stop the listing', async () => {
    const worker = await bridge();
    const address = { ...Object(shipment().payload.shipping_address), last_name: 'Jansen \ud83d' };
    await worker.takes(shipment({ shipping_address: address }), rma());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
    expect(await worker.parked()).toEqual([]);
  });

  test('numbers of orders, RMAs and items may hold the separator of keys', async () => {
    const worker = await bridge({ policy: { forward: 'each-item' } });
    await worker.takes(
      shipment({ order_increment_id: 'A#1' }),
      rma({ order_increment_id: 'A#1', increment_id: 'R#1' }, { id: 'I#1' }, { id: '%23' }),
    );
    expect((await worker.returns('A#1')).map(({ state }) => state)).toEqual(['Listed', 'Listed']);
    expect((await world.igf.posts()).map(({ body }) => Object(body).listingWebshopOrderId)).toEqual([
      'A#1',
      'A#1',
    ]);
  });

  test('fields with names and numbers that the table can not store are only in the stored payload', async () => {
    const worker = await bridge();
    const odd = { '': { '': 1e300 }, deep: [[[[1e-300]]]], big: 2 ** 63 };
    await worker.takes(shipment(odd), rma(odd, odd));
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
    const events = Object.entries(await worker.itemsOf(order)).filter(([sk]) => sk.startsWith('EVENT#'));
    for (const [, event] of events) expect(JSON.parse(String(event.payload))).toMatchObject(odd);
  });
});

describe('with policy mode=observe', () => {
  const policy = { mode: 'observe' } as const;

  test('a listing is decided and explained, and IGF is not called', async () => {
    const worker = await bridge({ policy });
    await worker.takes(shipment(), rma());
    const item = await worker.theReturn(order);
    expect(item.state).toBe('Requested');
    expect(item.why).toMatch(/observed only: it would be listed\. the return is authorized/i);
    expect(await world.igf.requests()).toEqual([]);
  });

  test.each<[string, Json]>([
    ['NotForwardable', { reason: 'broken' }],
    ['NeedsMapping', { reason: 'mouwen te wijd' }],
    ['Closed', { status: 'denied' }],
  ])('%s is decided as usual', async (state, item) => {
    const worker = await bridge({ policy });
    await worker.takes(shipment(), rma({}, item));
    expect(await worker.theReturn(order)).toMatchObject({ state });
    expect(await world.igf.requests()).toEqual([]);
  });

  test('a listing from before stays, and the reason says what would be done', async () => {
    const stack = await world.deploy();
    await new Bridge(world, stack).takes(shipment(), rma());
    const worker = new Bridge(world, stack, { policy });
    await worker.takes(rma({ status: 'denied' }));
    const item = await worker.theReturn(order);
    expect(item.state).toBe('Listed');
    expect(item.why).toMatch(/observed only: its listing would be cancelled/i);
    expect(await world.igf.cancellations()).toEqual([]);
  });
});
