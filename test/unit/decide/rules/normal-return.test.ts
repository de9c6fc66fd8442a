import { decide } from '../../../../lib/decide/decide.ts';
import type { OrderFact } from '../../../../lib/facts/facts.ts';
import { requestFingerprint } from '../../../../lib/returns/listing-request.ts';
import type { ReturnItem } from '../../../../lib/returns/return-item.ts';
import {
  address,
  context,
  openingFact,
  orderOf,
  policy,
  pushApiOpening,
  rmaFact,
  shipmentFact,
} from '../../../support/builders.ts';
import {
  decideOn,
  expiredClaim,
  listingRequestOf,
  liveClaim,
  readyToList,
} from '../../../support/decisions.ts';

describe('a return whose units are promised to earlier returns', () => {
  /** The decision about the last return of one article, of which so many units were sent. */
  function lastOf(sent: number, ...earlier: Partial<ReturnItem>[]) {
    const itemIds = ['90', '91', '92'].slice(0, earlier.length + 1);
    const openings = itemIds.map((itemId) => openingFact({ itemId, sku: 'sku-90' }));
    const order = orderOf(
      ...openings,
      shipmentFact({ items: [{ sku: 'sku-90', quantity: sent, price: 270 }] }),
    );
    const returns = order.returns.map((item, at) => ({ ...item, ...earlier[at] }));
    const last = returns[earlier.length];
    if (!last) throw new Error('The order has a return for each item.');
    return decide({ ...order, returns }, last, context({ policy: policy({ forward: 'each-item' }) }));
  }
  const listed = { state: 'Listed', listingId: 7 } as const;

  test('is not forwarded, and says which returns come first', () => {
    expect(lastOf(1, listed)).toMatchObject({
      state: 'NotForwardable',
      why: expect.stringMatching(/: 1 unit of its article was sent .* Return 000000093\/90 comes first\.$/),
      attention: expect.stringMatching(/ Check return 000000093\/91 at/),
    });
    expect(lastOf(2, listed, { ...listed, listingId: 8 }).why).toMatch(
      /: 2 units of its article were sent .* Return 000000093\/90, 000000093\/91 comes first\.$/,
    );
  });

  test('is not forwarded when no unit was sent at all', () => {
    expect(lastOf(0).why).toMatch(/0 units of its article were sent to the customer\.$/);
  });

  test('is listed when a unit is left', () => {
    expect(lastOf(2, listed).action.kind).toBe('list');
  });

  test('waits for the claim of another return that ends first', () => {
    const until = '2024-03-11T12:00:30.000Z';

    expect(lastOf(1, { pendingCall: liveClaim }).action).toMatchObject({ until: liveClaim.until });
    expect(lastOf(2, { pendingCall: liveClaim }, { pendingCall: { ...liveClaim, until } }).action).toEqual({
      ...{ kind: 'wait', until },
    });
  });

  test('waits for a return whose claim has ended without an outcome', () => {
    expect(lastOf(1, { pendingCall: expiredClaim })).toMatchObject({
      ...{ state: 'Requested', waits: 'other-return', action: { kind: 'none' } },
      why: expect.stringContaining('whether return 000000093/90 is listed'),
    });
  });
});

describe('an article that IGF does not forward', () => {
  const request = requestFingerprint(listingRequestOf(decideOn(readyToList).action));
  const no: Partial<ReturnItem> = { forwardability: { request, status: 'Blacklisted' } };
  const checked = (
    reached: Partial<ReturnItem>,
    settings: Parameters<typeof policy>[0] = { checkForwardable: 'on' },
    facts = readyToList,
  ) => decideOn(facts, reached, { policy: policy(settings) });

  test('goes back by its normal return, and IGF’s answer is named', () => {
    expect(checked(no)).toMatchObject({
      state: 'NotForwardable',
      why: 'The normal return goes on: ItGoesForward cannot forward it (Blacklisted).',
    });
  });

  test('is listed when IGF forwards it, or when its answer does not count', () => {
    expect(checked({ forwardability: { request, status: 'Available' } }).action.kind).toBe('list');
    expect(checked(no, { checkForwardable: 'off' }).action.kind).toBe('list');
  });

  test('is looked for at IGF when an earlier call may have listed it', () => {
    expect(checked({ ...no, state: 'Listing', pendingCall: expiredClaim })).toMatchObject({
      state: 'Listing',
      action: { kind: 'list' },
    });
  });

  test('becomes a regular return at IGF, but not by an answer about another listing', () => {
    const both = { checkForwardable: 'on', regularReturns: 'on' } as const;
    const other: Partial<ReturnItem> = { forwardability: { request: 'another', status: 'Blacklisted' } };

    expect(checked(no, both).action.kind).toBe('regular-return');
    expect(checked(other, both).action.kind).toBe('check');
    expect(checked({}, both).action.kind).toBe('check');
  });

  test('waits for what its listing lacks', () => {
    const nameless = [openingFact(), shipmentFact({ address: address({ lastName: undefined }) })];

    expect(checked(no, undefined, nameless).state).not.toBe('NotForwardable');
    expect(checked(no, undefined, [openingFact()]).state).toBe('AwaitingShipment');
  });
});

describe('an RMA that both families of webhooks report', () => {
  const rmas = (rmaId: string) => [
    rmaFact({ family: 'push-api', rmaId }),
    rmaFact({ family: 'stock-hub', rmaId }),
  ];
  const decided = (order: ReturnType<typeof orderOf>) =>
    order.returns.map((item) => decide(order, item, context({ policy: policy({ forward: 'each-item' }) })));

  test('is not forwarded twice, and the first return of the second family says it', () => {
    const items = [openingFact(), openingFact({ itemId: '91' })];

    expect(decided(orderOf(...rmas('000000093'), ...items, shipmentFact()))).toMatchObject([
      {
        state: 'NotForwardable',
        attention: expect.stringContaining('RMA 000000093 is reported by push-api'),
      },
      { state: 'NotForwardable', attention: undefined },
    ]);
  });

  test('is named once when its items have the same ids, unless another RMA of the order says the same', () => {
    const first = pushApiOpening({ status: undefined, rmaStatus: 'authorized' });
    const task = { task: 'reported-by-other-family' };
    const asked = (...facts: OrderFact[]) =>
      decided(orderOf(...rmas('000000093'), first, shipmentFact(), ...facts))[0]?.tasks ?? [];

    expect(asked()).toContainEqual(task);
    expect(asked(...rmas('000000094'), openingFact({ rmaId: '000000094' }))).not.toContainEqual(task);
  });
});
