import { none } from '../../../../lib/actions/explain.ts';
import { carrierException, checkArrival } from '../../../../lib/decide/rules/attention.ts';
import { type ReturnState, returnStates } from '../../../../lib/returns/return-item.ts';
import { viewOf } from '../../../../lib/rules/view.ts';
import {
  atIgf,
  closingFact,
  context,
  openingFact,
  pushApiOpening,
  shipmentFact,
  situation,
} from '../../../support/builders.ts';

const stepTo = (state: ReturnState) => ({ state, why: '', action: none() });
const viewOn = (...[facts, reached]: Parameters<typeof situation>) => {
  const { order, item } = situation(facts, reached);
  return viewOf(order, item, context());
};

describe('a problem of the carrier', () => {
  const stopped = shipmentFact({ status: 'EXCEPTION' });

  test('is said until the article has arrived or nobody waits for it', () => {
    const view = viewOn([openingFact(), stopped]);

    expect(returnStates.filter((state) => carrierException(view, stepTo(state)))).toEqual([
      ...['Requested', 'AwaitingShipment', 'NeedsMapping', 'Listing', 'Listed', 'Matched', 'Labelled'],
      ...['Shipped', 'Cancelling'],
    ]);
  });

  test('of another article is not said', () => {
    const other = shipmentFact({ status: 'EXCEPTION', items: [{ sku: 'another', quantity: 1 }] });

    expect(carrierException(viewOn([openingFact(), other]), stepTo('Requested'))).toBeUndefined();
  });
});

test('an arrival is to be checked for the reason that Winkelstraat gives', () => {
  const shipped = { state: 'Shipped', listingId: 7, igf: atIgf('Shipped') } as const;
  const said = (...facts: Parameters<typeof situation>[0]) => {
    const view = viewOn(facts, shipped);
    return view.stage === 'listed' ? checkArrival(view, stepTo('Shipped')) : undefined;
  };

  expect(said(openingFact({ status: 'received' }))).toContain('its status is received');
  expect(said(openingFact({ status: 'denied' }))).toBeUndefined();
  expect(said(openingFact({ quantityReturned: 1 }))).toContain('it has arrived at the merchant');
  expect(said(pushApiOpening(), closingFact({ quantityReturned: 1 }))).toContain('it has arrived');
});
