import { recordFacts } from '../../../lib/record/record-facts.ts';
import { ofOrder, openingFact, rmaFact, shipmentFact } from '../../support/builders.ts';
import { damaged } from './listed.ts';
import { logged, workplace } from './workplace.ts';

const lines = logged();

const writesOf = ({ table }: ReturnType<typeof workplace>): number =>
  table.calls.filter((call) => call === 'write').length;

/** The states of the returns that are stored, each time that something is about to be written. */
function statesBeforeWrites({ table }: ReturnType<typeof workplace>): readonly string[] {
  const states: string[] = [];
  table.before(async (call) => {
    if (call === 'write') states.push(...table.order(ofOrder.orderId).returns.map(({ state }) => state));
  });
  return states;
}

describe('a decision that calls nobody', () => {
  test('is written with the facts that it follows from, and logged once', async () => {
    const place = workplace();

    await place.work([openingFact()]);

    expect(place.item()).toMatchObject({ state: 'AwaitingShipment', rev: 1 });
    expect(writesOf(place)).toBe(1);
    expect(lines).toEqual([expect.objectContaining({ step: 'decided', state: 'AwaitingShipment' })]);
  });

  test('does not end a return that is not stored yet: its skeleton would look like one that was deleted', async () => {
    const place = workplace();
    const states = statesBeforeWrites(place);

    await place.work([damaged]);

    expect([writesOf(place), states, place.item().state]).toEqual([2, ['Requested'], 'NotForwardable']);
  });

  test('is written with the last of several returns, when all that it follows from is stored', async () => {
    const place = workplace();
    const other = openingFact({ itemId: '91', reason: damaged.reason });
    place.table.beforeNext('write', () => expect(place.table.order(ofOrder.orderId).returns).toEqual([]));

    await recordFacts(ofOrder.orderId, [damaged, other], place.table, async (order, item) => {
      expect([order.returns.length, item.itemId]).toEqual([2, '91']);
      return { ...item, why: 'Decided ahead.' };
    });

    const whys = place.table.order(ofOrder.orderId).returns.map(({ why }) => why);
    expect(whys).toEqual([expect.not.stringContaining('ahead'), 'Decided ahead.']);
  });

  test('is made again when somebody wrote the order before it was stored', async () => {
    const place = workplace();
    place.table.beforeNext('write', () => recordFacts(ofOrder.orderId, [shipmentFact()], place.table));

    await place.work([openingFact()]);

    expect(place.item()).toMatchObject({ state: 'Listed', listingId: expect.any(Number) });
    expect(place.igf.called('listings')).toContain('create');
  });

  test('that fails leaves the facts stored, and fails the attempt', async () => {
    const place = workplace();
    const retailer = () => Promise.reject(new Error('The table is throttled.'));
    Object.assign(place.dependencies, { retailer });

    await expect(place.work([damaged])).rejects.toThrow('throttled');

    expect(place.item()).toMatchObject({ state: 'Requested', opening: { reason: damaged.reason } });
  });
});

describe('the claim on a call', () => {
  const ready = () => workplace({ facts: [shipmentFact(), rmaFact()] });

  test('is written with the facts that it follows from, before the call', async () => {
    const place = ready();
    const states = statesBeforeWrites(place);
    let before: unknown;
    place.igf.next('listings.create', async (create) => {
      before = place.item();
      return create();
    });

    await place.work([openingFact()]);

    expect(before).toMatchObject({ rev: 1, state: 'Listing', pendingCall: { operation: 'list' } });
    expect([writesOf(place), states, place.item().state]).toEqual([1, [], 'Listed']);
    expect(lines).toEqual([
      expect.objectContaining({ step: 'decided', action: 'list' }),
      expect.objectContaining({ step: 'decided', state: 'Listed' }),
    ]);
  });

  test('is released when somebody ended the return before it was stored', async () => {
    const place = ready();
    const denied = rmaFact({ status: 'denied' });
    place.table.beforeNext('write', () => recordFacts(ofOrder.orderId, [denied], place.table));

    await place.work([openingFact()]);

    expect(place.item()).toMatchObject({ state: 'Closed' });
    expect(place.item().pendingCall).toBeUndefined();
    expect(place.igf.called('listings')).toEqual([]);
  });

  test('is released and written anew when the call has become another one', async () => {
    const place = ready();
    const dearer = shipmentFact({ items: [{ sku: 'sku-90', quantity: 1, price: 300 }] });
    place.table.beforeNext('write', () => recordFacts(ofOrder.orderId, [dearer], place.table));
    let before: unknown;
    place.igf.next('listings.create', async (create) => {
      before = place.item().listedAs;
      return create();
    });

    await place.work([openingFact()]);

    expect(before).toMatchObject({ price: 300 });
    expect(place.igf.state.listings).toHaveLength(1);
  });

  test('is released when another return may have the unit, and both workers list one of the two', async () => {
    const shipped = shipmentFact({ items: [{ sku: 'sku-90', quantity: 1, price: 270 }] });
    const place = workplace({ facts: [shipped, rmaFact(), rmaFact({ rmaId: '94' })] });
    const other = openingFact({ rmaId: '94' });
    place.table.beforeNext('write', () => recordFacts(ofOrder.orderId, [other], place.table));

    await Promise.all([place.work([openingFact()]), place.work([other], { eventId: 'event-2' })]);

    const { returns } = place.table.order(ofOrder.orderId);
    expect(returns.map(({ pendingCall }) => pendingCall)).toEqual([undefined, undefined]);
    expect(place.igf.state.listings).toHaveLength(1);
  });

  test.each<[string, (place: ReturnType<typeof workplace>) => void]>([
    [
      'IGF is down',
      ({ dependencies }) => Object.assign(dependencies, { circuit: { refusal: () => 'IGF is down' } }),
    ],
    ['no time is left for the call', ({ clock }) => Object.assign(clock, { msLeft: 1000 })],
  ])('is not written with the facts while %s', async (_when, prepare) => {
    const place = ready();
    prepare(place);
    let claims = 0;
    Object.assign(place.dependencies, { newToken: () => `token-${++claims}` });

    await Promise.allSettled([place.work([openingFact()])]);

    expect(claims).toBe(0);
    expect(place.item().pendingCall).toBeUndefined();
    expect(place.igf.called('listings')).toEqual([]);
  });
});
