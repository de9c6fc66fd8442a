import { recordIgfFacts } from '../../../lib/record/link.ts';
import {
  address,
  closingFact,
  ofReturn,
  openingFact,
  pushApiOpening,
  rmaFact,
  shipmentFact,
} from '../../support/builders.ts';
import { doneButUnanswered, refuses, turnedAway, unanswered } from '../../support/doubles/igf-replies.ts';
import { leaseSeconds, logged, workplace } from './workplace.ts';

logged();

const oneUnit = shipmentFact({ items: [{ sku: 'sku-90', quantity: 1, price: 270 }] });
const damaged = openingFact({ reason: 'broken' });
const cheaper = shipmentFact({
  updatedAt: '2024-03-11T00:00:00.000Z',
  items: [{ sku: 'sku-90', quantity: 1, price: 250 }],
});
const second = { ...ofReturn, rmaId: '000000094', itemId: '91' };

async function listed() {
  const place = workplace({ facts: [openingFact(), oneUnit] });
  await place.work();
  place.igf.calls.length = 0;
  const buy = (status = 'Matched') => {
    const order = { id: 3, listingId: 7, status, webshopOrderId: 'WEB-3' };
    place.igf.has({ id: 7, sku: 'sku-90', status }, [order]);
  };
  const handIn = () => {
    buy('Shipped');
    const shipment = { id: 9, orderId: 3, status: 'Shipped', order: { id: 3, listingId: 7 } };
    place.igf.state.shipments.push(shipment);
  };
  return { ...place, buy, handIn };
}

const atIgf = ({ igf }: Awaited<ReturnType<typeof listed>>) =>
  igf.state.listings.map(({ id, status, returnReasonComment }) => [id, status, returnReasonComment]);

describe('a listing that nobody has bought', () => {
  test('is withdrawn when its reason rules out another customer', async () => {
    const place = await listed();

    await expect(place.work([damaged])).resolves.toEqual({ kind: 'done' });

    expect(place.igf.called('listings')).toEqual(['cancel']);
    expect(place.item()).toMatchObject({
      state: 'Cancelled',
      why: expect.stringContaining('broken'),
      earlierListings: [{ listingId: 7 }],
    });
    for (const field of ['listingId', 'igf', 'pendingCall', 'attention']) {
      expect(place.item()).not.toHaveProperty(field);
    }
  });

  test('stays withdrawn when an older body with another reason comes last', async () => {
    const place = await listed();
    await place.work([damaged]);
    await place.work([openingFact({ reason: 'too_small' })]);

    expect(place.item()).toMatchObject({ state: 'Cancelled' });
    expect(atIgf(place)).toEqual([[7, 'Cancelled', '[000000093/90]']]);
  });

  test('waits for a mapping when one of its texts is unknown', async () => {
    const place = await listed();
    await place.work([openingFact({ reason: 'mouwen te wijd' })]);

    expect(place.item()).toMatchObject({ state: 'NeedsMapping', earlierListings: [{ listingId: 7 }] });
    place.table.mappings.push({ field: 'reason', text: 'mouwen te wijd', meaning: 'too_big' });
    await place.work([]);
    expect(place.item()).toMatchObject({ state: 'Listed', listingId: 8 });
  });

  test('is listed anew, under a mark with its number, when its price changed', async () => {
    const place = await listed();

    await expect(place.work([cheaper])).resolves.toEqual({ kind: 'done' });

    expect(place.item()).toMatchObject({ state: 'Listed', listingId: 8, listedAs: { price: 250 } });
    expect(atIgf(place)).toEqual([
      [7, 'Cancelled', '[000000093/90]'],
      [8, 'Available', '[000000093/90~2]'],
    ]);
  });

  test.each([
    ['e-mail', { email: 'new@example.com' }],
    ['postcode', { postcode: '9013DE' }],
    ['house number', { houseNumber: '13' }],
    ['country', { country: 'BE' }],
  ])('is listed anew when the %s of its sender changed', async (_what, change) => {
    const place = await listed();
    const moved = { ...oneUnit, updatedAt: '2024-03-11T00:00:00.000Z', address: address(change) };
    await place.work([moved]);

    expect(place.item()).toMatchObject({ state: 'Listed', listingId: 8 });
  });

  test('stays when its sender is written differently', async () => {
    const place = await listed();
    const change = { email: 'JAN.JANSEN@example.com', postcode: '9012 de', city: 'Zönnewijk' };
    await place.work([{ ...oneUnit, updatedAt: '2024-03-11T00:00:00.000Z', address: address(change) }]);

    expect(place.igf.calls).toEqual([]);
    expect(place.item()).toMatchObject({ state: 'Listed', listingId: 7 });
  });

  test('is withdrawn when its RMA gets a second item', async () => {
    const place = await listed();
    await place.work([rmaFact({ itemIds: ['90', '91'] }), openingFact({ itemId: '91', sku: 'x' })]);

    expect(place.item()).toMatchObject({ state: 'Cancelled', why: expect.stringContaining('2 items') });
  });

  test('is listed three times at most, and then a person must correct it', async () => {
    const place = await listed();
    for (const [day, price] of [260, 250, 240, 230].entries()) {
      const updatedAt = `2024-03-1${day}T00:00:00.000Z`;
      await place.work([shipmentFact({ updatedAt, items: [{ sku: 'sku-90', quantity: 1, price }] })]);
    }

    expect(atIgf(place).map(([, status]) => status)).toEqual(['Cancelled', 'Cancelled', 'Available']);
    expect(place.item()).toMatchObject({
      state: 'Listed',
      listingId: 9,
      tasks: [{ task: 'changed-too-often' }],
    });
  });
});

describe('a withdrawal', () => {
  test('does not happen when IGF shows a buyer first', async () => {
    const place = await listed();
    place.buy();

    await expect(place.work([damaged])).resolves.toEqual({ kind: 'done' });

    expect(place.igf.called('listings')).toEqual([]);
    expect(place.item()).toMatchObject({ state: 'Matched', tasks: [{ task: 'changed-after-sale' }] });
    expect(place.table.pointers.has('IGF#ORDER#3')).toBe(true);
  });

  test('of a listing that is bought in the last moment has its buyer served from stock', async () => {
    const place = await listed();
    place.igf.next('listings.cancel', async (cancel) => {
      place.buy();
      return cancel();
    });

    await place.work([damaged]);

    expect(place.item()).toMatchObject({
      state: 'Cancelled',
      listingId: 7,
      attention: expect.stringContaining('WEB-3'),
    });
    expect(place.item()).not.toHaveProperty('earlierListings');
  });

  test('whose answer is lost is looked for, and completed without another call', async () => {
    const place = await listed();
    place.igf.next('listings.cancel', doneButUnanswered);
    await expect(place.work([damaged])).resolves.toMatchObject({ kind: 'retry' });
    expect(place.item()).toMatchObject({ state: 'Cancelling', listingId: 7 });
    place.pass(leaseSeconds);
    await place.work();

    expect(place.igf.called('listings')).toEqual(['cancel', 'get']);
    expect(place.item()).toMatchObject({ state: 'Cancelled', earlierListings: [{ listingId: 7 }] });
  });

  test('that an event reports before its answer is completed as a withdrawal too', async () => {
    const place = await listed();
    place.igf.next('listings.cancel', doneButUnanswered);
    await place.work([cheaper]);
    const event = { kind: 'igf' as const, event: 'RETURN_CANCELED' as const, listingId: 7 };
    await recordIgfFacts(ofReturn, [event], place.dependencies);
    place.pass(leaseSeconds);
    await place.work();

    expect(place.item()).toMatchObject({
      state: 'Listed',
      listingId: 8,
      earlierListings: [{ listingId: 7 }],
    });
    expect(place.igf.state.cancellations).toEqual([7]);
  });

  test('keeps its claim when IGF does not say who bought it meanwhile', async () => {
    const place = await listed();
    place.igf.next('orders.ofListing', async () => [], turnedAway(20));
    await expect(place.work([damaged])).resolves.toMatchObject({ kind: 'retry' });

    expect(place.item()).toMatchObject({ state: 'Cancelling', pendingCall: { operation: 'cancel' } });
    place.pass(leaseSeconds);
    await place.work();
    expect(place.igf.state.cancellations).toEqual([7]);
    expect(place.item()).toMatchObject({ state: 'Cancelled', earlierListings: [{ listingId: 7 }] });
  });

  test('is not begun while IGF does not say whether it is sold', async () => {
    const place = await listed();
    place.igf.next('orders.ofListing', turnedAway(20));
    await expect(place.work([damaged])).resolves.toMatchObject({ kind: 'retry', afterSeconds: 20 });

    expect(place.igf.called('listings')).toEqual([]);
    expect(place.item()).not.toHaveProperty('pendingCall');
  });

  test('of a listing that lists anew after a crash adopts the new listing, and no earlier one', async () => {
    const place = await listed();
    place.igf.next('listings.create', doneButUnanswered);
    await place.work([cheaper]);
    expect(place.item()).toMatchObject({ state: 'Listing' });
    place.pass(leaseSeconds);
    await place.work();

    expect(place.item()).toMatchObject({ state: 'Listed', listingId: 8 });
    expect(place.igf.state.listings).toHaveLength(2);
  });
});

test('events of an earlier listing, its order and its shipment change nothing', async () => {
  const place = await listed();
  await place.work([cheaper]);
  const before = place.item();
  const order = { id: 3, status: 'Matched', webshopOrderId: 'WEB-3' };
  const shipment = { id: 9, status: 'Shipped' };
  await recordIgfFacts(
    ofReturn,
    [
      { kind: 'igf', event: 'RETURN_CANCELED', listingId: 7 },
      { kind: 'igf', listingId: 7, igfOrderId: 3, order },
      { kind: 'igf', event: 'SHIPPED', igfOrderId: 3, igfShipmentId: 9, shipment },
      { kind: 'igf', event: 'COMPLETED', igfShipmentId: 9, shipment },
    ],
    place.dependencies,
  );
  await place.work();

  const { earlierListings, rev, ...now } = place.item();
  const { earlierListings: _, rev: _rev, ...expected } = before;
  expect(now).toEqual(expected);
  expect(earlierListings).toEqual([{ listingId: 7, igfOrderId: 3, igfShipmentId: 9 }]);
});

describe('an article with a buyer', () => {
  test.each(['Matched', 'Labelled'] as const)(
    'that is %s is not withdrawn when its facts change',
    async (state) => {
      const place = await listed();
      place.buy(state);
      await place.work([damaged]);

      expect(place.igf.called('listings')).toEqual([]);
      expect(place.item()).toMatchObject({ state, attention: expect.stringContaining('broken') });
    },
  );

  test('is promised: a second item of its RMA changes nothing, and nobody is asked', async () => {
    const place = await listed();
    place.buy();
    await place.work([rmaFact({ itemIds: ['90', '91'] }), openingFact({ itemId: '91', sku: 'x' })]);

    expect(place.item()).toMatchObject({ state: 'Matched' });
    expect(place.item()).not.toHaveProperty('attention');
  });

  test('is served from stock when the merchant ended its return before it was handed in', async () => {
    const place = await listed();
    place.buy();
    await place.work([openingFact({ status: 'denied' })]);

    expect(place.igf.called('listings')).toEqual(['cancel']);
    expect(place.item()).toMatchObject({ state: 'Cancelled', attention: expect.stringContaining('WEB-3') });
  });

  test('is not cancelled when IGF shows that it was handed in', async () => {
    const place = await listed();
    place.handIn();
    await place.work([openingFact({ status: 'denied' })]);

    expect(place.igf.called('listings')).toEqual([]);
    expect(place.item()).toMatchObject({ state: 'Shipped', igfShipmentId: 9 });
  });

  test('ends as Shipped when IGF refuses to cancel because it was just handed in', async () => {
    const place = await listed();
    const refuse = refuses(409, 'E2000');
    place.igf.next('listings.cancel', (cancel, ...rest) => {
      place.handIn();
      return refuse(cancel, ...rest);
    });

    await expect(place.work([openingFact({ status: 'denied' })])).resolves.toEqual({ kind: 'done' });

    expect(place.item()).toMatchObject({ state: 'Shipped' });
    expect(place.item()).not.toHaveProperty('refusal');
  });

  test('asks when its RMA is decided in part, and is neither cancelled nor settled', async () => {
    const place = workplace({
      facts: [pushApiOpening({ status: undefined, rmaStatus: 'authorized' })],
      policy: { forward: 'each-item' },
    });
    await place.work();
    const header = rmaFact({ family: 'push-api', status: 'received_on_item', itemIds: ['90', '91'] });
    await place.work([header, pushApiOpening({ status: undefined, rmaStatus: 'received_on_item' })]);

    expect(place.igf.state.cancellations).toEqual([]);
    expect(place.item()).toMatchObject({
      state: 'Listed',
      attention: expect.stringContaining('decided in part: see at Winkelstraat which items'),
    });
  });
});

describe('two returns of one unit', () => {
  const both = () => workplace({ facts: [openingFact(), openingFact(second), oneUnit] });

  test('are listed once: the other is NotForwardable and asks', async () => {
    const { work, item, igf } = both();
    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(item()).toMatchObject({ state: 'Listed' });
    expect(item(second)).toMatchObject({ state: 'NotForwardable', tasks: [{ task: 'units-promised' }] });
    expect(igf.callsOf('listings.create')).toHaveLength(1);
  });

  test('are listed once by thirty workers at once', async () => {
    const { work, item, igf, table } = both();
    table.before(async () => {
      for (let turns = Math.random() * 5; turns > 0; turns -= 1) await null;
    });
    await Promise.all(Array.from({ length: 30 }, () => work()));

    expect(igf.callsOf('listings.create')).toHaveLength(1);
    expect([item().state, item(second).state].sort()).not.toEqual(['Listed', 'Listed']);
  });

  test('the second is listed as soon as the first is over', async () => {
    const { work, item } = both();
    await work();
    await work([openingFact({ status: 'denied' })]);

    expect(item()).toMatchObject({ state: 'Cancelled' });
    expect(item(second)).toMatchObject({ state: 'Listed' });
    expect(item(second)).not.toHaveProperty('attention');
  });

  test('the second stays where it is when the first has arrived at the merchant', async () => {
    const { work, item } = both();
    await work();
    await work([
      openingFact({ status: 'received', quantityReturned: 1 }),
      closingFact({ quantityReturned: 1 }),
    ]);

    expect(item(second)).toMatchObject({ state: 'NotForwardable' });
  });

  test('the second waits while it is unknown whether the first is listed', async () => {
    const { work, item, igf, pass } = both();
    igf.next('listings.create', unanswered);
    await expect(work()).resolves.toMatchObject({ kind: 'retry' });
    expect(item(second)).toMatchObject({ state: 'Requested' });
    pass(leaseSeconds);
    await work();

    expect(item()).toMatchObject({ state: 'Listed' });
    expect(item(second)).toMatchObject({ state: 'NotForwardable' });
  });

  test('the younger listing is withdrawn when it turns out that one unit was sent', async () => {
    const { work, item } = workplace({ facts: [openingFact(), openingFact(second), shipmentFact()] });
    await work();
    expect([item().listingId, item(second).listingId]).toEqual([7, 8]);
    await work([{ ...oneUnit, updatedAt: '2024-03-11T00:00:00.000Z' }]);

    expect(item()).toMatchObject({ state: 'Listed', listingId: 7 });
    expect(item(second)).toMatchObject({ state: 'Cancelled', tasks: [{ task: 'units-promised' }] });
  });

  test('one that is alone with its article costs one write before its call', async () => {
    const { work, table } = workplace({ facts: [openingFact(), oneUnit] });
    await work();
    expect(table.calls.filter((call) => call === 'write')).toHaveLength(1);
  });
});
