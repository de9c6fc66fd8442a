import { atIgf, openingFact, rmaFact, shipmentFact } from '../../support/builders.ts';
import { decideOn } from '../../support/decisions.ts';

const facts = [openingFact(), shipmentFact(), rmaFact({ unusableItems: 1 })];
const task = { task: 'unusable-item' };
const listed = (state: 'Listed' | 'Completed', events: 'REFUND'[] = []) =>
  decideOn(facts, {
    state,
    listingId: 7,
    igf: { ...atIgf(state), events, completedAt: '2024-03-11T11:00:00.000Z' },
  });

test('an item that could not be read is asked about, before and after the listing', () => {
  expect(decideOn(facts).tasks).toContainEqual(task);
  expect(listed('Listed').tasks).toContainEqual(task);
});

test('it is not asked about between the arrival and the refund, and again when the refund is due', () => {
  expect(listed('Completed').tasks).toBeUndefined();
  expect(listed('Completed', ['REFUND']).tasks).toContainEqual(task);
});

test('it says how many items could not be read', () => {
  const said = (unusableItems: number) =>
    decideOn([openingFact(), shipmentFact(), rmaFact({ unusableItems })]).attention;

  expect(said(1)).toContain('has an item that could not be read');
  expect(said(2)).toContain('has 2 items that could not be read');
});
