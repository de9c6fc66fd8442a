import type { ReturnReason } from '../../../lib/facts/vendor-terms.ts';
import { builtInOnly } from '../../../lib/returns/vocabulary.ts';
import { address, openingFact, policy, rmaFact, shipmentFact } from '../../support/builders.ts';
import { decideOn, readyToList } from '../../support/decisions.ts';

describe('a return waits for the merchant', () => {
  test('while it is pending', () => {
    expect(decideOn([openingFact({ status: 'pending' }), shipmentFact()])).toMatchObject({
      state: 'Requested',
      action: { kind: 'none' },
    });
  });

  test('while none of its units is authorized', () => {
    const facts = [openingFact({ status: 'partially_authorized', quantityApproved: 0 }), shipmentFact()];

    expect(decideOn(facts)).toMatchObject({ waits: 'units', action: { kind: 'none' } });
  });

  test.each([
    { quantityRequested: 3, quantityApproved: 1 },
    { quantityRequested: 1 },
    { quantityRequested: undefined },
  ])('but not when one unit is authorized: %j', (units) => {
    const facts = [openingFact({ status: 'partially_authorized', ...units }), shipmentFact()];

    expect(decideOn(facts).action).toMatchObject({ kind: 'list', request: { quantity: 1 } });
  });

  test('and its attention ends when the cause is gone', () => {
    expect(
      decideOn(readyToList, { attention: 'Partially authorized without a number.' }).attention,
    ).toBeUndefined();
  });
});

test('a return with a label of the warehouse waits for its track while these are held', () => {
  const facts = [...readyToList, rmaFact({ track: { number: '1Z999' } })];
  const held = { policy: policy({ trackedReturns: 'hold' as const }) };

  expect(decideOn(facts, {}, held)).toMatchObject({ waits: 'track', action: { kind: 'none' } });
  expect(decideOn(readyToList, {}, held).action.kind).toBe('list');
  expect(decideOn(facts).action.kind).toBe('list');
});

describe('a return that cannot go to another customer', () => {
  test.each([
    ['reason', { reason: 'broken' }],
    ['reason', { reason: 'other_bad_condition' }],
    ['reason', { reason: 'wrong_item' }],
    ['condition', { condition: 'gedragen' }],
    ['resolution', { resolution: 'ruilen' }],
    ['currency', { currency: 'GBP' }],
    ['units', { quantityRequested: 2 }],
    ['units', { quantityRequested: 0 }],
    ['units', { status: 'partially_authorized' as const, quantityRequested: 3, quantityApproved: 2 }],
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
    ['reason', { reason: 'mouwen te wijd' }],
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
    const facts = [openingFact({ reason: 'Mouwen te wijd' }), shipmentFact()];
    const knowing = (reason: ReturnReason) =>
      decideOn(facts, {}, { vocabulary: { ...builtInOnly, reason: new Map([['mouwen te wijd', reason]]) } });

    expect(knowing('too_big').action).toMatchObject({
      kind: 'list',
      request: { returnReason: 'too_big', returnReasonComment: 'Mouwen te wijd [000000093/90]' },
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
    const decision = decideOn([openingFact({ reason: 'mouwen te wijd' }), shipmentFact()], {
      state: 'Listing',
      pendingCall,
    });

    expect(decision).toMatchObject({ state: 'Listing', action: { kind: 'resolve' } });
    expect(decision.unmappedTerm).toEqual({ field: 'reason', text: 'mouwen te wijd' });
  });

  test('a return is decided about again when its facts are corrected', () => {
    expect(decideOn(readyToList, { state: 'NotForwardable' }).action.kind).toBe('list');
    const released = decideOn(readyToList, { state: 'NeedsMapping', attention: 'Map it.' });
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

  test.each([
    ['the house number', { houseNumber: undefined }, /^The house number is missing/],
    ['the e-mail address', { email: 'n/a' }, /e-mail address/],
    ['the country', { country: 'Narnia' }, /country is unknown/],
    ['two values', { email: 'n/a', country: 'Narnia' }, /e-mail address.*\. .*country/],
  ])('a customer of whom %s is unusable needs a person, and nothing is sent', (_what, change, attention) => {
    const decision = decideOn([openingFact(), shipmentFact({ address: address(change) })]);

    expect(decision).toMatchObject({ state: 'Requested', action: { kind: 'none' } });
    expect(decision.attention).toMatch(attention);
    expect(decision.attention).toMatch(/let the normal return go on, or correct it at Winkelstraat\.$/);
  });

  test('an article without the number that the policy wants needs a person', () => {
    const decision = decideOn(
      [openingFact(), shipmentFact()],
      {},
      { policy: policy({ sku: 'article_number' }) },
    );

    expect(decision).toMatchObject({ state: 'Requested', action: { kind: 'none' } });
    expect(decision.attention).toMatch(/^The article has no number with its size/);
  });

  test('an unknown country is no reason to say no, and a known one elsewhere is', () => {
    const from = (country: string) => shipmentFact({ address: address({ country }) });

    expect(decideOn([openingFact(), from('Narnia')]).state).toBe('Requested');
    expect(decideOn([openingFact(), from('Nederland')]).action.kind).toBe('list');
    expect(decideOn([openingFact(), from('Spanje')]).state).toBe('NotForwardable');
  });
});

describe('an article that has not reached its customer', () => {
  const stopped = shipmentFact({ status: 'EXCEPTION' });
  const undated = { shipmentId: '000000289', createdAt: undefined, updatedAt: undefined };
  const ruleOf = (...shipments: ReturnType<typeof shipmentFact>[]) =>
    decideOn([openingFact(), ...shipments]).rule;

  test.each([
    ['IN_TRANSIT', { updatedAt: '2024-02-20T15:31:54.000Z' }],
    ['IN_TRANSIT', { createdAt: '2024-02-20T15:31:54.000Z' }],
    ['READY_FOR_PICKUP', {}],
  ] as const)('is not listed although another shipment is %s, %j', (status, dates) => {
    expect(ruleOf(stopped, shipmentFact({ ...undated, status, ...dates }))).toBe('not-with-customer');
  });

  test.each([
    ['DELIVERED', { updatedAt: '2024-02-20T15:31:54.000Z' }],
    ['IN_TRANSIT', {}],
  ] as const)('is listed when another shipment is %s, %j', (status, dates) => {
    expect(ruleOf(stopped, shipmentFact({ ...undated, status, ...dates }))).toBe('list');
  });

  test('is another article', () => {
    const items = [{ sku: 'another', quantity: 1, price: 9 }];

    expect(ruleOf(shipmentFact({ shipmentId: '000000289' }), { ...stopped, items })).toBe('list');
  });
});

describe('a regular return at IGF', () => {
  const regular = { policy: policy({ regularReturns: 'on' as const }) };

  test.each([
    ['authorized', 'regular-return'],
    ['partially_authorized', 'regular-return'],
    ['pending', 'certain-no'],
  ] as const)('of an article that can not be forwarded and is %s: the rule %s', (status, rule) => {
    const facts = [openingFact({ status, reason: 'broken' }), shipmentFact()];

    expect(decideOn(facts, {}, regular).rule).toBe(rule);
  });
});
