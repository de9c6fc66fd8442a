import fc from 'fast-check';
import {
  builtInOnly,
  igfReasons,
  isIgfReason,
  normalise,
  readCondition,
  readReason,
  readResolution,
  termOf,
  unforwardableReasons,
} from '../../../lib/returns/vocabulary.ts';

describe('a return reason', () => {
  test.each(igfReasons)('of IGF passes through: %s', (reason) => {
    expect(readReason(reason)).toBe(reason);
  });

  test.each([
    ['te klein', 'too_small'],
    ['too small', 'too_small'],
    ['te groot', 'too_big'],
    ['too big', 'too_big'],
    ['kleur', 'color'],
    ['defect', 'broken'],
    ['beschadigd', 'broken'],
    ['damaged', 'broken'],
    ['verkeerd artikel', 'wrong_item'],
    ['wrong item', 'wrong_item'],
    ['voldoet niet aan verwachting', 'not_what_expected'],
    ['bedacht', 'changed_my_mind'],
    ['niet meer nodig', 'changed_my_mind'],
    ['meer bezorgd dan besteld', 'other_good_condition'],
  ])('"%s" is IGF\'s %s', (label, reason) => {
    expect(readReason(label)).toBe(reason);
  });

  test.each([
    ['Meer bezorgd dan besteld', 'other_good_condition'],
    ['  TE   KLEIN. ', 'too_small'],
    ['Te\u00a0groot!', 'too_big'],
    ['Too_Small', 'too_small'],
  ])('is read with any case, spaces and closing punctuation: %j', (label, reason) => {
    expect(readReason(label)).toBe(reason);
  });

  test.each([undefined, ''])('that is absent (%j) is no_reason', (absent) => {
    expect(readReason(absent)).toBe('no_reason');
  });

  test.each(['te wijd', 'te klein en beschadigd', 'klein', 'constructor', '__proto__', '.'])(
    'without a mapping is never guessed: %s',
    (text) => {
      expect(readReason(text)).toBeUndefined();
    },
  );

  test('rules out another customer only when it is broken, other_bad_condition or wrong_item', () => {
    expect([...unforwardableReasons].sort()).toEqual(['broken', 'other_bad_condition', 'wrong_item']);
  });
});

describe('a resolution', () => {
  test.each([undefined, '', 'refund', 'Terugbetalen', 'Geld terug'])('%j is a refund', (said) => {
    expect(readResolution(said)).toBe('refund');
  });

  test.each(['exchange', 'Ruilen', 'store credit', 'Reparatie'])('%j is something else', (said) => {
    expect(readResolution(said)).toBe('other');
  });

  test('without a mapping is unknown', () => {
    expect(readResolution('naar wens van de klant')).toBeUndefined();
  });
});

describe('a condition', () => {
  test.each([undefined, '', 'good', 'Als nieuw', 'Ongedragen'])('%j is good', (said) => {
    expect(readCondition(said)).toBe('good');
  });

  test.each(['bad', 'Gedragen', 'beschadigd', 'vlekken', 'used'])('%j is bad', (said) => {
    expect(readCondition(said)).toBe('bad');
  });

  test('without a mapping is unknown', () => {
    expect(readCondition('een beetje los')).toBeUndefined();
  });
});

describe('a text that an operator mapped', () => {
  const mapped = {
    ...builtInOnly,
    reason: new Map([['te wijd', 'too_big'] as const]),
    condition: new Map([['een beetje los', 'bad'] as const]),
    resolution: new Map([['bel mij', 'other'] as const]),
  };

  test('is known with any case, spaces and closing punctuation', () => {
    expect(readReason(' Te  WIJD!', mapped)).toBe('too_big');
    expect(readCondition('Een beetje los', mapped)).toBe('bad');
    expect(readResolution('Bel mij.', mapped)).toBe('other');
  });

  test('is known only in its own field', () => {
    expect(readCondition('te wijd', mapped)).toBeUndefined();
    expect(readReason('bel mij', mapped)).toBeUndefined();
  });

  test('never changes the meaning of a built-in or an empty text', () => {
    const wrong = {
      ...builtInOnly,
      reason: new Map([['te klein', 'broken'] as const, ['', 'broken'] as const]),
    };
    expect(readReason('te klein', wrong)).toBe('too_small');
    expect(readReason('', wrong)).toBe('no_reason');
  });

  test('is found also when it is very long, and long texts with different ends are different terms', () => {
    const long = 'De jurk zat bij de schouders heel anders dan op de foto '.repeat(200);
    expect(termOf(long)).toBe(termOf(`${long.toUpperCase()}!`));
    expect(termOf(long)).not.toBe(termOf(`${long} en te wijd`));
    expect([...termOf(long)].length).toBeLessThan(220);
    expect(readReason(long, { ...builtInOnly, reason: new Map([[termOf(long), 'style'] as const]) })).toBe(
      'style',
    );
  });
});

test("only IGF's own words need no comment", () => {
  expect(isIgfReason('too_small')).toBe(true);
  expect(isIgfReason('te klein')).toBe(false);
  expect(isIgfReason('Too_Small')).toBe(false);
  expect(isIgfReason(undefined)).toBe(false);
});

describe('reading a text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...igfReasons, 'te klein', 'Ruilen', 'gedragen', 'toString'),
  );

  test('gives a result for every text, and the same for its compared form', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const compared = normalise(text);
        if (!text || !compared) return;
        expect(readReason(text)).toBe(readReason(compared));
        expect(readResolution(text)).toBe(readResolution(compared));
        expect(readCondition(text)).toBe(readCondition(compared));
        expect([undefined, ...igfReasons]).toContain(readReason(text));
      }),
    );
  });

  test('is stable: the compared form of a compared form is itself', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalise(normalise(text))).toBe(normalise(text));
      }),
      { examples: [['a. .'], ['ﬁt . !']] },
    );
  });
});
