import { decide } from '../../../lib/decide/decide.ts';
import type { DecisionContext } from '../../../lib/decide/view.ts';
import type { OrderFact } from '../../../lib/facts/facts.ts';
import type { RmaStatus } from '../../../lib/facts/vendor-terms.ts';
import { rmaStatuses } from '../../../lib/facts/vendor-terms.ts';
import type { IgfState } from '../../../lib/returns/igf-state.ts';
import { requestFingerprint } from '../../../lib/returns/listing-request.ts';
import type { ReturnItem, ReturnState } from '../../../lib/returns/return-item.ts';
import { builtInOnly, type IgfReason } from '../../../lib/returns/vocabulary.ts';
import {
  address,
  atIgf,
  closingFact,
  context,
  openingFact,
  policy,
  pushApiOpening,
  rmaFact,
  shipmentFact,
  situation,
} from '../../support/builders.ts';

const decideOn = (
  facts: OrderFact[],
  reached: Partial<ReturnItem> = {},
  overrides: Partial<DecisionContext> = {},
) => {
  const { order, item } = situation(facts, reached);
  return decide(order, item, context(overrides));
};

const ready = [openingFact(), shipmentFact()];
const live = {
  operation: 'list' as const,
  request: '',
  token: 'of another',
  until: '2024-03-11T12:01:00.000Z',
};
const expired = {
  operation: 'list' as const,
  request: '',
  token: 'of another',
  until: '2024-03-11T12:00:00.000Z',
};

const openStates = ['Requested', 'AwaitingShipment', 'NeedsMapping', 'NotForwardable', 'Listing'] as const;
const listedStates = ['Listed', 'Matched', 'Labelled'] as const;

describe('a return that is over at the merchant', () => {
  const overStatuses = rmaStatuses.filter(
    (status) => !['pending', 'authorized', 'partially_authorized'].includes(status),
  );
  const overs: [string, OrderFact[]][] = [
    ...overStatuses.map((status): [string, OrderFact[]] => [
      status,
      [openingFact({ status }), shipmentFact()],
    ]),
    ...(['denied', 'closed', 'processed_closed'] as const).map((status): [string, OrderFact[]] => [
      `header ${status}`,
      [openingFact(), rmaFact({ status }), shipmentFact()],
    ]),
    ['a closing rma-item', [pushApiOpening(), closingFact()]],
  ];

  describe.each(overs)('%s', (_name, facts) => {
    test.each(openStates)('closes a return that is %s and was never listed', (state) => {
      expect(decideOn(facts, { state })).toMatchObject({ state: 'Closed', action: { kind: 'none' } });
    });

    test.each(listedStates)('cancels a return that is %s', (state) => {
      expect(decideOn(facts, { state, listingId: 7 })).toMatchObject({
        state: 'Cancelling',
        action: { kind: 'cancel', listingId: 7, checkFirst: false },
      });
    });

    test('first checks whether an unanswered call listed it', () => {
      expect(decideOn(facts, { state: 'Listing', pendingCall: expired })).toMatchObject({
        state: 'Listing',
        action: { kind: 'resolve' },
      });
    });

    test('waits for an attempt that is listing it', () => {
      expect(decideOn(facts, { state: 'Listing', pendingCall: live }).action).toEqual({
        kind: 'wait',
        until: live.until,
      });
    });
  });

  test('the header ends its items only when it is denied, closed or processed_closed', () => {
    expect(decideOn([...ready, rmaFact({ status: 'received' })]).action.kind).toBe('list');
  });

  test('its end comes before every reason not to list it', () => {
    const facts = [openingFact({ status: 'denied', reason: 'te wijd', currency: 'GBP' })];

    expect(decideOn(facts).state).toBe('Closed');
  });

  test('an rma-item alone is recorded as Closed and calls nothing', () => {
    expect(decideOn([closingFact()])).toMatchObject({ state: 'Closed', action: { kind: 'none' } });
  });

  test('a cancellation of unknown outcome is checked before it is repeated', () => {
    const facts = [openingFact({ status: 'denied' })];

    expect(
      decideOn(facts, { state: 'Cancelling', listingId: 7, pendingCall: { ...expired, operation: 'cancel' } })
        .action,
    ).toEqual({
      kind: 'cancel',
      listingId: 7,
      checkFirst: true,
    });
    expect(decideOn(facts, { state: 'Cancelling', listingId: 7 }).action).toMatchObject({
      checkFirst: false,
    });
  });

  test.each(['Cancelled', 'Closed'] as const)('nothing is done about a return that is %s', (state) => {
    const facts = [openingFact({ status: 'denied' })];
    const reached = { state, why: 'as it was', ...(state === 'Cancelled' && { listingId: 7 }) };

    expect(decideOn(facts, reached)).toMatchObject({ state, why: 'as it was', action: { kind: 'none' } });
  });

  describe.each(['Shipped', 'Completed'] as const)('once it is %s', (state) => {
    const decided = (status: RmaStatus, events: IgfState['events'] = []) =>
      decideOn([openingFact({ status }), shipmentFact()], {
        state,
        why: 'as it was',
        listingId: 7,
        igf: { ...atIgf(state), events },
      });

    test('a merchant who approves a due refund completes it', () => {
      for (const status of ['approved', 'approved_on_item', 'processed_closed'] as const) {
        expect(decided(status, ['REFUND'])).toMatchObject({
          state: 'Settled',
          refundDue: false,
          action: { kind: 'none' },
        });
        expect(decided(status, ['REFUND']).attention).toBeUndefined();
      }
    });

    test('a merchant who closes it without paying a due refund gets attention', () => {
      for (const status of ['denied', 'rejected', 'closed'] as const) {
        expect(decided(status, ['REFUND'])).toMatchObject({
          state,
          refundDue: true,
          attention: expect.stringContaining('Closed unrefunded'),
        });
      }
    });

    test('a merchant who ends it while nothing is due, or reports it received, must check what arrived', () => {
      for (const status of ['approved', 'denied', 'received'] as const) {
        expect(decided(status)).toMatchObject({ state, attention: expect.stringContaining(status) });
      }
      expect(decided('received', ['REFUND'])).toMatchObject({
        state,
        attention: expect.stringContaining('Refund due'),
      });
    });
  });
});

describe('a return waits for the merchant', () => {
  test('while it is pending', () => {
    expect(decideOn([openingFact({ status: 'pending' }), shipmentFact()])).toMatchObject({
      state: 'Requested',
      action: { kind: 'none' },
    });
  });

  test('with attention, when an unknown number of its units is authorized', () => {
    const decision = decideOn([
      openingFact({ status: 'partially_authorized', quantityRequested: 2 }),
      shipmentFact(),
    ]);

    expect(decision).toMatchObject({ state: 'Requested', action: { kind: 'none' } });
    expect(decision.attention).toContain('how many');
  });

  test('while none of its units is authorized', () => {
    const facts = [openingFact({ status: 'partially_authorized', quantityApproved: 0 }), shipmentFact()];

    expect(decideOn(facts).action.kind).toBe('none');
  });

  test.each([
    [{ quantityRequested: 3, quantityApproved: 2 }, 2],
    [{ quantityRequested: 1 }, 1],
    [{ quantityRequested: undefined }, 1],
  ])('but not when the number of units is known: %j', (units, quantity) => {
    const facts = [openingFact({ status: 'partially_authorized', ...units }), shipmentFact()];

    expect(decideOn(facts).action).toMatchObject({ kind: 'list', request: { quantity } });
  });

  test('and its attention ends when the cause is gone', () => {
    expect(
      decideOn(ready, { attention: 'Partially authorized without a number.' }).attention,
    ).toBeUndefined();
  });
});

describe('a return that cannot go to another customer', () => {
  test.each([
    ['reason', { reason: 'broken' }],
    ['reason', { reason: 'other_bad_condition' }],
    ['reason', { reason: 'wrong_item' }],
    ['condition', { condition: 'gedragen' }],
    ['resolution', { resolution: 'ruilen' }],
    ['currency', { currency: 'GBP' }],
  ])('by its %s %j: the normal return goes on', (_what, overrides) => {
    for (const facts of [[openingFact(overrides), shipmentFact()], [openingFact(overrides)]]) {
      expect(decideOn(facts)).toMatchObject({ state: 'NotForwardable', action: { kind: 'none' } });
    }
  });

  test('by a country outside the policy', () => {
    const facts = [openingFact(), shipmentFact({ address: address({ country: 'ES' }) })];

    expect(decideOn(facts)).toMatchObject({ state: 'NotForwardable', action: { kind: 'none' } });
    expect(decideOn(facts, {}, { policy: policy({ countries: ['ES'] }) }).action.kind).toBe('list');
  });

  test.each([
    ['reason', { reason: 'te wijd' }],
    ['condition', { condition: 'een beetje los' }],
    ['resolution', { resolution: 'bel mij' }],
  ])(
    'an unknown %s waits for a mapping, with attention that does not contain the text',
    (field, overrides) => {
      const decision = decideOn([openingFact(overrides), shipmentFact()]);

      const [text] = Object.values(overrides);
      expect(decision).toMatchObject({ state: 'NeedsMapping', action: { kind: 'hold' } });
      expect(decision.unmappedTerm).toEqual({ field, text });
      expect(decision.attention).toContain(field);
      expect(`${decision.attention} ${decision.why}`).not.toContain(text);
    },
  );

  test('a text that an operator mapped is no longer unknown', () => {
    const facts = [openingFact({ reason: 'Te wijd' }), shipmentFact()];
    const knowing = (reason: IgfReason) =>
      decideOn(facts, {}, { vocabulary: { ...builtInOnly, reason: new Map([['te wijd', reason]]) } });

    expect(knowing('too_big').action).toMatchObject({
      kind: 'list',
      request: { returnReason: 'too_big', returnReasonComment: 'Te wijd [000000093/90]' },
    });
    expect(knowing('broken')).toMatchObject({ state: 'NotForwardable', action: { kind: 'none' } });
  });

  test('a return with a call of unknown outcome is checked first, and its reason says so', () => {
    const pendingCall = {
      operation: 'list' as const,
      request: '',
      token: 'token-1',
      until: '2024-03-11T11:00:00.000Z',
    };
    const decision = decideOn([openingFact({ reason: 'te wijd' }), shipmentFact()], {
      state: 'Listing',
      pendingCall,
    });

    expect(decision).toMatchObject({ state: 'Listing', action: { kind: 'resolve' } });
    expect(decision.unmappedTerm).toEqual({ field: 'reason', text: 'te wijd' });
  });

  test('a return is decided about again when its facts are corrected', () => {
    expect(decideOn(ready, { state: 'NotForwardable' }).action.kind).toBe('list');
    const released = decideOn(ready, { state: 'NeedsMapping', attention: 'Map it.' });
    expect(released.action.kind).toBe('list');
    expect(released.attention).toBeUndefined();
  });
});

describe('a return without a known customer or price', () => {
  test('it waits for a shipment that contains its sku', () => {
    const decision = decideOn([openingFact()]);

    expect(decision).toMatchObject({ state: 'AwaitingShipment', action: { kind: 'none' } });
    expect(decision.why).toContain('the price');
  });

  test('a shipment of another article changes nothing', () => {
    const other = shipmentFact({ items: [{ sku: 'another', quantity: 1, price: 9 }] });

    expect(decideOn([openingFact(), other]).state).toBe('AwaitingShipment');
  });

  test('a customer without any name needs a person, not a shipment', () => {
    const nameless = shipmentFact({ address: address({ lastName: undefined }) });
    const decision = decideOn([openingFact(), nameless]);

    expect(decision).toMatchObject({ state: 'Requested', action: { kind: 'none' } });
    expect(decision.attention).toContain('name');
  });
});

describe('any other return is listed', () => {
  test.each(['Requested', 'AwaitingShipment'] as const)('from %s', (state) => {
    expect(decideOn(ready, { state })).toMatchObject({
      state: 'Listing',
      action: { kind: 'list', checkFirst: false, request: { sku: 'sku-90', originalPrice: 270 } },
    });
  });

  test('after a check at IGF, when an earlier call was not answered', () => {
    expect(decideOn(ready, { state: 'Listing', pendingCall: expired }).action).toMatchObject({
      kind: 'list',
      checkFirst: true,
    });
  });

  test('but not while another attempt has the claim', () => {
    expect(decideOn(ready, { state: 'Listing', pendingCall: live })).toMatchObject({
      state: 'Listing',
      action: { kind: 'wait', until: live.until },
    });
  });

  test.each(listedStates)('but not again once it is %s', (state) => {
    expect(decideOn(ready, { state, listingId: 7, why: 'as it was', igf: atIgf(state) })).toMatchObject({
      state,
      why: 'as it was',
      action: { kind: 'none' },
    });
  });

  test.each([
    ['pending units', openingFact({ status: 'partially_authorized', quantityRequested: 2 })],
    ['a bad reason', openingFact({ reason: 'broken' })],
    ['an unknown reason', openingFact({ reason: 'te wijd' })],
  ])('but with %s during an unanswered call, that call is checked first', (_what, opening) => {
    expect(decideOn([opening, shipmentFact()], { state: 'Listing', pendingCall: expired })).toMatchObject({
      state: 'Listing',
      action: { kind: 'resolve' },
    });
  });
});

describe('a call that IGF refused', () => {
  function refused(overrides: Partial<NonNullable<ReturnItem['refusal']>> = {}): Partial<ReturnItem> {
    const { action } = decideOn(ready);
    if (action.kind !== 'list') throw new Error('It was to be listed.');
    const request = requestFingerprint(action.request);
    return {
      state: 'Listing',
      why: 'IGF refused it.',
      attention: 'Correct it.',
      refusal: {
        eventId: 'event-1',
        at: '2024-03-11T11:59:30.000Z',
        request,
        reason: 'refused with 422',
        ...overrides,
      },
    };
  }

  test('is not repeated for the message that was parked because of it', () => {
    expect(decideOn(ready, refused())).toMatchObject({
      state: 'Listing',
      attention: 'Correct it.',
      action: { kind: 'refused', reason: 'refused with 422' },
    });
  });

  test('does not fail other messages of the order', () => {
    expect(decideOn(ready, refused({ eventId: 'another' }))).toMatchObject({
      state: 'Listing',
      attention: 'Correct it.',
      action: { kind: 'none' },
    });
  });

  test('is repeated when its message was redriven, because that is newer than the refusal', () => {
    const attempt = { eventId: 'event-1', enqueuedAt: '2024-03-11T11:59:31.000Z' };

    expect(decideOn(ready, refused(), { attempt }).action.kind).toBe('list');
  });

  test('is repeated by any message when its content changed', () => {
    const corrected = [openingFact(), shipmentFact({ address: address({ city: 'Amsterdam' }) })];

    expect(decideOn(corrected, refused({ eventId: 'another' })).action.kind).toBe('list');
  });

  test('does not keep the return open when it is over', () => {
    const over = [openingFact({ status: 'denied' }), shipmentFact()];

    expect(decideOn(over, refused()).state).toBe('Closed');
    expect(decideOn(over, refused()).attention).toBeUndefined();
  });

  test('to cancel is not repeated either', () => {
    const over = [openingFact({ status: 'denied' })];
    const refusal = { eventId: 'event-1', at: '2024-03-11T11:59:30.000Z', request: 'cancel 7', reason: 'no' };
    const item = { state: 'Cancelling' as const, listingId: 7, refusal };
    const redriven = { attempt: { eventId: 'event-1', enqueuedAt: '2024-03-11T12:00:00.000Z' } };

    expect(decideOn(over, item).action).toEqual({ kind: 'refused', reason: 'no' });
    expect(decideOn(over, { ...item, refusal: { ...refusal, eventId: 'another' } }).action.kind).toBe('none');
    expect(decideOn(over, item, redriven).action).toEqual({
      kind: 'cancel',
      listingId: 7,
      checkFirst: false,
    });
  });
});

describe('policy mode=observe', () => {
  const observe = { policy: policy({ mode: 'observe' as const }) };

  test('explains a listing and makes no call', () => {
    const decision = decideOn(ready, {}, observe);

    expect(decision).toMatchObject({ state: 'Requested', action: { kind: 'none' } });
    expect(decision.why).toContain('Observed only: it would be listed');
  });

  test('explains a cancellation and leaves the return listed', () => {
    const decision = decideOn(
      [openingFact({ status: 'denied' })],
      { state: 'Listed', listingId: 7 },
      observe,
    );

    expect(decision).toMatchObject({ state: 'Listed', action: { kind: 'none' } });
    expect(decision.why).toContain('Observed only: its listing would be cancelled');
  });

  test('decides everything else as with mode=live', () => {
    for (const facts of [
      [openingFact()],
      [openingFact({ reason: 'broken' })],
      [openingFact({ reason: 'te wijd' })],
      [openingFact({ status: 'denied' })],
    ]) {
      expect(decideOn(facts, {}, observe)).toEqual(decideOn(facts));
    }
  });
});

test('every state of a return has its decision', () => {
  const states: ReturnState[] = [...openStates, ...listedStates];

  for (const state of states) expect(decideOn(ready, { state, listingId: 7 }).why).toMatch(/\.$/);
});
