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

describe('rule 1, it is over', () => {
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

    test('finds out first whether an unanswered call listed it', () => {
      expect(decideOn(facts, { state: 'Listing', pendingCall: expired })).toMatchObject({
        state: 'Listing',
        action: { kind: 'resolve' },
      });
    });

    test('waits for whoever is listing it at this moment', () => {
      expect(decideOn(facts, { state: 'Listing', pendingCall: live }).action).toEqual({
        kind: 'wait',
        until: live.until,
      });
    });
  });

  test('the header ends its items only when it is denied, closed or processed_closed', () => {
    expect(decideOn([...ready, rmaFact({ status: 'received' })]).action.kind).toBe('list');
  });

  test('it comes before everything that would keep it from being listed', () => {
    const facts = [openingFact({ status: 'denied', reason: 'te wijd', currency: 'GBP' })];

    expect(decideOn(facts).state).toBe('Closed');
  });

  test('an rma-item alone is recorded as Closed and calls nothing', () => {
    for (const reportsNothing of [true, false]) {
      expect(decideOn([closingFact({ reportsNothing })])).toMatchObject({
        state: 'Closed',
        action: { kind: 'none' },
      });
    }
  });

  test('an rma-item that reports nothing is listed when the policy lets it open', () => {
    const opens = { policy: policy({ rmaItemOpens: true }) };

    expect(decideOn([closingFact({ reportsNothing: true })], {}, opens).action.kind).toBe('list');
    expect(decideOn([closingFact({ reportsNothing: false })], {}, opens).state).toBe('Closed');
    expect(decideOn([pushApiOpening(), closingFact({ reportsNothing: true })], {}, opens).state).toBe(
      'Closed',
    );
  });

  test('a cancellation of unknown outcome is asked about before it is called again', () => {
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
    const told = (status: RmaStatus, events: IgfState['events'] = []) =>
      decideOn([openingFact({ status }), shipmentFact()], {
        state,
        why: 'as it was',
        listingId: 7,
        igf: { ...atIgf(state), events },
      });

    test('a merchant who approves a due refund settles it', () => {
      for (const status of ['approved', 'approved_on_item', 'processed_closed'] as const) {
        expect(told(status, ['REFUND'])).toMatchObject({
          state: 'Settled',
          refundDue: false,
          action: { kind: 'none' },
        });
        expect(told(status, ['REFUND']).attention).toBeUndefined();
      }
    });

    test('a merchant who closes it without paying a due refund is told so', () => {
      for (const status of ['denied', 'rejected', 'closed'] as const) {
        expect(told(status, ['REFUND'])).toMatchObject({
          state,
          refundDue: true,
          attention: expect.stringContaining('Closed unrefunded'),
        });
      }
    });

    test('a merchant who ends it while nothing is due, or says it was received, is asked to look', () => {
      for (const status of ['approved', 'denied', 'received'] as const) {
        expect(told(status)).toMatchObject({ state, attention: expect.stringContaining(status) });
      }
      expect(told('received', ['REFUND'])).toMatchObject({
        state,
        attention: expect.stringContaining('Refund due'),
      });
    });
  });
});

describe('rule 2, it waits for the merchant', () => {
  test('while it is pending', () => {
    expect(decideOn([openingFact({ status: 'pending' }), shipmentFact()])).toMatchObject({
      state: 'Requested',
      action: { kind: 'none' },
    });
  });

  test('with attention, when some of several pieces are authorized and nobody said how many', () => {
    const decision = decideOn([
      openingFact({ status: 'partially_authorized', quantityRequested: 2 }),
      shipmentFact(),
    ]);

    expect(decision).toMatchObject({ state: 'Requested', action: { kind: 'none' } });
    expect(decision.attention).toContain('how many');
  });

  test('while none of its pieces is authorized', () => {
    const facts = [openingFact({ status: 'partially_authorized', quantityApproved: 0 }), shipmentFact()];

    expect(decideOn(facts).action.kind).toBe('none');
  });

  test.each([
    [{ quantityRequested: 3, quantityApproved: 2 }, 2],
    [{ quantityRequested: 1 }, 1],
    [{ quantityRequested: undefined }, 1],
  ])('but not when the number of pieces is known: %j', (pieces, quantity) => {
    const facts = [openingFact({ status: 'partially_authorized', ...pieces }), shipmentFact()];

    expect(decideOn(facts).action).toMatchObject({ kind: 'list', request: { quantity } });
  });

  test('an attention goes when its cause is gone', () => {
    expect(
      decideOn(ready, { attention: 'Partially authorized without a number.' }).attention,
    ).toBeUndefined();
  });
});

describe('rule 3, it cannot go to another customer', () => {
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
  ])('an unknown %s is held for a mapping, with attention and without the text', (field, overrides) => {
    const decision = decideOn([openingFact(overrides), shipmentFact()]);

    const [text] = Object.values(overrides);
    expect(decision).toMatchObject({ state: 'NeedsMapping', action: { kind: 'hold' } });
    expect(decision.unmappedTerm).toEqual({ field, text });
    expect(decision.attention).toContain(field);
    expect(`${decision.attention} ${decision.why}`).not.toContain(text);
  });

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

  test('a return whose call has an unknown outcome says what it waits for, and is found out first', () => {
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

  test('is found out once more when what was said is corrected', () => {
    expect(decideOn(ready, { state: 'NotForwardable' }).action.kind).toBe('list');
    const released = decideOn(ready, { state: 'NeedsMapping', attention: 'Map it.' });
    expect(released.action.kind).toBe('list');
    expect(released.attention).toBeUndefined();
  });
});

describe('rule 4, customer or price are not known', () => {
  test('it waits for a shipment that holds its sku', () => {
    const decision = decideOn([openingFact()]);

    expect(decision).toMatchObject({ state: 'AwaitingShipment', action: { kind: 'none' } });
    expect(decision.why).toContain('the price');
  });

  test('a shipment of another article changes nothing', () => {
    const other = shipmentFact({ items: [{ sku: 'another', quantity: 1, price: 9 }] });

    expect(decideOn([openingFact(), other]).state).toBe('AwaitingShipment');
  });

  test('a customer without any name is for a human, not for a shipment', () => {
    const nameless = shipmentFact({ address: address({ lastName: undefined }) });
    const decision = decideOn([openingFact(), nameless]);

    expect(decision).toMatchObject({ state: 'Requested', action: { kind: 'none' } });
    expect(decision.attention).toContain('name');
  });
});

describe('rule 5, otherwise it is listed', () => {
  test.each(['Requested', 'AwaitingShipment'] as const)('from %s', (state) => {
    expect(decideOn(ready, { state })).toMatchObject({
      state: 'Listing',
      action: { kind: 'list', checkFirst: false, request: { sku: 'sku-90', originalPrice: 270 } },
    });
  });

  test('after asking IGF, when an earlier call was not answered', () => {
    expect(decideOn(ready, { state: 'Listing', pendingCall: expired }).action).toMatchObject({
      kind: 'list',
      checkFirst: true,
    });
  });

  test('not while another attempt holds it', () => {
    expect(decideOn(ready, { state: 'Listing', pendingCall: live })).toMatchObject({
      state: 'Listing',
      action: { kind: 'wait', until: live.until },
    });
  });

  test.each(listedStates)('not again once it is %s', (state) => {
    expect(decideOn(ready, { state, listingId: 7, why: 'as it was', igf: atIgf(state) })).toMatchObject({
      state,
      why: 'as it was',
      action: { kind: 'none' },
    });
  });

  test.each([
    ['pending pieces', openingFact({ status: 'partially_authorized', quantityRequested: 2 })],
    ['a bad reason', openingFact({ reason: 'broken' })],
    ['an unknown reason', openingFact({ reason: 'te wijd' })],
  ])(
    'and when %s come up while a call is unanswered, that call is found out about first',
    (_what, opening) => {
      expect(decideOn([opening, shipmentFact()], { state: 'Listing', pendingCall: expired })).toMatchObject({
        state: 'Listing',
        action: { kind: 'resolve' },
      });
    },
  );
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

  test('is not made again for the message that is parked for it', () => {
    expect(decideOn(ready, refused())).toMatchObject({
      state: 'Listing',
      attention: 'Correct it.',
      action: { kind: 'refused', reason: 'refused with 422' },
    });
  });

  test('is no business of other messages of the order', () => {
    expect(decideOn(ready, refused({ eventId: 'another' }))).toMatchObject({
      state: 'Listing',
      attention: 'Correct it.',
      action: { kind: 'none' },
    });
  });

  test('is made again when its message was redriven: it is younger than the refusal', () => {
    const attempt = { eventId: 'event-1', enqueuedAt: '2024-03-11T11:59:31.000Z' };

    expect(decideOn(ready, refused(), { attempt }).action.kind).toBe('list');
  });

  test('is made again, by any message, when what is asked for changed', () => {
    const corrected = [openingFact(), shipmentFact({ address: address({ city: 'Amsterdam' }) })];

    expect(decideOn(corrected, refused({ eventId: 'another' })).action.kind).toBe('list');
  });

  test('does not keep the return open when it is over', () => {
    const over = [openingFact({ status: 'denied' }), shipmentFact()];

    expect(decideOn(over, refused()).state).toBe('Closed');
    expect(decideOn(over, refused()).attention).toBeUndefined();
  });

  test('to cancel is held back the same way', () => {
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

  test('explains what would be listed and calls nothing', () => {
    const decision = decideOn(ready, {}, observe);

    expect(decision).toMatchObject({ state: 'Requested', action: { kind: 'none' } });
    expect(decision.why).toContain('Observed only: it would be listed');
  });

  test('explains what would be cancelled and leaves it listed', () => {
    const decision = decideOn(
      [openingFact({ status: 'denied' })],
      { state: 'Listed', listingId: 7 },
      observe,
    );

    expect(decision).toMatchObject({ state: 'Listed', action: { kind: 'none' } });
    expect(decision.why).toContain('Observed only: its listing would be cancelled');
  });

  test('decides everything else as in live mode', () => {
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
