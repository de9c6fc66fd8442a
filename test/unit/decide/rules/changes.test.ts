import { none } from '../../../../lib/actions/explain.ts';
import { changedAfterSale, missingFromRma } from '../../../../lib/decide/rules/changes.ts';
import { returnStates } from '../../../../lib/returns/return-item.ts';
import { viewOf } from '../../../../lib/rules/view.ts';
import {
  atIgf,
  context,
  now,
  openingFact,
  rmaFact,
  shipmentFact,
  situation,
} from '../../../support/builders.ts';
import { decideOn, readyToList } from '../../../support/decisions.ts';

test('an item that is missing from its RMA is asked about until somebody has bought it', () => {
  const { order, item } = situation([openingFact(), rmaFact({ family: 'stock-hub', itemIds: ['91'] })]);
  const view = viewOf(order, item, context());

  expect(returnStates.filter((state) => missingFromRma(view, { state, why: '', action: none() }))).toEqual([
    'Requested',
    'AwaitingShipment',
    'NeedsMapping',
    'Listing',
    'Listed',
  ]);
});

describe('a change of an article', () => {
  const listedAs = { webshopOrderId: '', sku: '', email: '', price: 260 };
  const said = (state: Parameters<typeof atIgf>[0], reason?: string) => {
    const facts = [openingFact({ ...(reason && { reason }) }), shipmentFact()];
    const { order, item } = situation(facts, { state, listingId: 7, igf: atIgf(state), listedAs });
    const view = viewOf(order, item, context());
    return view.stage === 'listed' ? changedAfterSale(view) : undefined;
  };

  test.each(['Matched', 'Labelled'] as const)('is to be looked at once it is %s', (state) => {
    expect(said(state)).toMatch(/^It was sold, and now its price is EUR 270\.00.* Look at listing 7 at/);
    expect(said(state, 'broken')).toMatch(
      /^It was sold.*\(broken\).* Cancel listing 7 at .*\(WEB-3\) must not/,
    );
  });

  test('is only said of a parcel that is underway if it rules out its buyer', () => {
    expect(said('Shipped')).toBeUndefined();
    expect(said('Shipped', 'broken')).toMatch(
      /^It is on its way to its buyer \(WEB-3\), and now .* Look at listing 7/,
    );
  });

  test.each(['Listed', 'Completed'] as const)('is no matter for people while it is %s', (state) => {
    expect(said(state)).toBeUndefined();
    expect(said(state, 'broken')).toBeUndefined();
  });
});

test('a return whose facts changed with each listing is not listed a fourth time, and a person is asked', () => {
  const listed = (...ids: number[]) =>
    decideOn(readyToList, { earlierListings: ids.map((listingId) => ({ listingId })) });

  expect(listed(7, 8).action.kind).toBe('list');
  expect(listed(7, 8, 9)).toMatchObject({
    state: 'Cancelled',
    action: { kind: 'none' },
    attention: expect.stringContaining('List it at ItGoesForward by hand'),
  });
});

test('a cancellation that has begun goes on when its reason is gone', () => {
  const listed = { listingId: 7, igf: atIgf('Listed') };

  expect(decideOn(readyToList, { ...listed, state: 'Listed' }).action.kind).toBe('none');
  expect(decideOn(readyToList, { ...listed, state: 'Cancelling' })).toMatchObject({
    state: 'Cancelling',
    why: 'Its cancellation has begun.',
    action: { kind: 'cancel' },
  });
});

test('what only the configuration at IGF rules out is not listed, and an unsold listing of it stays', () => {
  const retailer = { countries: ['DE'], bannedEmailHashes: [], readAt: now };
  const atListing = (state: 'Requested' | 'Listed') =>
    decideOn(readyToList, state === 'Listed' ? { state, listingId: 7, igf: atIgf(state) } : {}, { retailer });

  expect(atListing('Requested')).toMatchObject({ state: 'NotForwardable', action: { kind: 'none' } });
  expect(atListing('Listed')).toMatchObject({ state: 'Listed', action: { kind: 'none' } });
});
