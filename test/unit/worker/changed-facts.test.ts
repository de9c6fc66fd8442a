import { address, openingFact, pushApiOpening, rmaFact, shipmentFact } from '../../support/builders.ts';
import { refuses } from '../../support/doubles/igf-replies.ts';
import { cheaper, damaged, listed, oneUnit } from './listed.ts';
import { logged, workplace } from './workplace.ts';

logged();

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
