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

  test('is not made before a call: what is listed was stored before', async () => {
    const place = workplace({ facts: [shipmentFact(), rmaFact()] });
    const states = statesBeforeWrites(place);

    await place.work([openingFact()]);

    expect([writesOf(place), states, place.item().state]).toEqual([2, ['Requested'], 'Listed']);
  });
});
