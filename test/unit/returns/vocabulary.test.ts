import fc from 'fast-check';
import { returnReasons, rmaStatuses } from '../../../lib/facts/vendor-terms.ts';
import {
  builtInOnly,
  comparableText,
  isIgfReason,
  meaningOf,
  readMerchantResolution,
  termOf,
  unforwardableReasons,
} from '../../../lib/returns/vocabulary.ts';
import { anyCharacter } from '../../support/characters.ts';

describe('a return reason', () => {
  test.each(returnReasons)('of IGF passes through: %s', (reason) => {
    expect(meaningOf('reason', reason)).toBe(reason);
  });

  test.each([
    ['Meer bezorgd dan besteld', 'other_good_condition'],
    ['  TE   KLEIN. ', 'too_small'],
    ['Te\u00a0groot!', 'too_big'],
    ['te-klein', 'too_small'],
    ['Too_Small', 'too_small'],
    ['Zu gross', 'too_big'],
    ['ZU GROẞ', 'too_big'],
    ['gefallt nicht', 'style'],
    ['Trop Serre', 'too_small'],
    ['trop serre\u0301', 'too_small'],
    ['Change d’avis', 'changed_my_mind'],
    ["Changé d'avis !", 'changed_my_mind'],
    ['voldoet niet aan verwachting', 'not_what_expected'],
    ['Voldoet niet aan verwachtingen', 'not_what_expected'],
    ['Voldoet niet aan verwachting(en)', 'not_what_expected'],
  ])('is read with any case, accents, spaces and punctuation: %j', (label, reason) => {
    expect(meaningOf('reason', label)).toBe(reason);
  });

  test.each([undefined, '', ' ', '-', '…', '?!'])('that is empty (%j) is no_reason', (absent) => {
    expect(meaningOf('reason', absent)).toBe('no_reason');
  });

  test.each([
    'mouwen te wijd',
    'te klein en beschadigd',
    'te klein, te krap',
    'klein',
    'constructor',
    '__proto__',
    '😞',
  ])('without a mapping is never guessed: %s', (text) => {
    expect(meaningOf('reason', text)).toBeUndefined();
  });

  test('rules out another customer only when it is broken, other_bad_condition or wrong_item', () => {
    expect([...unforwardableReasons].sort()).toEqual(['broken', 'other_bad_condition', 'wrong_item']);
  });
});

test.each([undefined, '', '.'])('an empty resolution (%j) of a customer is a refund', (said) => {
  expect(meaningOf('resolution', said)).toBe('refund');
});

test.each([undefined, '', '.'])('an empty condition (%j) is good, because nobody has complained', (said) => {
  expect(meaningOf('condition', said)).toBe('good');
});

test('a resolution or a condition without a mapping is unknown', () => {
  expect(meaningOf('resolution', 'naar wens van de klant')).toBeUndefined();
  expect(meaningOf('condition', 'een beetje los')).toBeUndefined();
});

describe("a merchant's resolution", () => {
  test.each([
    ['Terugbetalen', 'refund'],
    ['ERSTATTUNG', 'refund'],
    ['Ruilen', 'not-refund'],
    ['bon d’achat', 'not-refund'],
    ['Afgewezen.', 'not-refund'],
    ['Rejected', 'not-refund'],
    ['refuse', 'not-refund'],
    ['naar wens van de klant', 'unknown'],
    ['', 'unknown'],
    [undefined, 'unknown'],
  ])('%j says %s', (said, meaning) => {
    expect(readMerchantResolution(said)).toBe(meaning);
  });

  test('says what an operator mapped, and a rejection stays one', () => {
    const mapped = {
      ...builtInOnly,
      resolution: new Map([
        ['akkoord', 'refund'] as const,
        ['bel mij', 'other'] as const,
        ['afgewezen', 'refund'] as const,
      ]),
    };
    expect(readMerchantResolution('Akkoord!', mapped)).toBe('refund');
    expect(readMerchantResolution('Bel mij', mapped)).toBe('not-refund');
    expect(readMerchantResolution('Afgewezen', mapped)).toBe('not-refund');
  });
});

describe('a status', () => {
  test.each(rmaStatuses)('of Winkelstraat means itself: %s', (status) => {
    expect(meaningOf('status', status)).toBe(status);
    expect(meaningOf('status', status.toUpperCase().replaceAll('_', ' '))).toBe(status);
  });

  test.each(['return_received', 'complete', '', undefined])('without a mapping is unknown: %j', (text) => {
    expect(meaningOf('status', text)).toBeUndefined();
  });

  test('means what an operator mapped', () => {
    const mapped = { ...builtInOnly, status: new Map([['return received', 'received'] as const]) };
    expect(meaningOf('status', 'Return_Received', mapped)).toBe('received');
  });
});

describe('a text that an operator mapped', () => {
  const mapped = {
    ...builtInOnly,
    reason: new Map([['mouwen te wijd', 'too_big'] as const]),
    condition: new Map([['een beetje los', 'bad'] as const]),
    resolution: new Map([['bel mij', 'other'] as const]),
  };

  test('is known with any case, accents, spaces and punctuation', () => {
    expect(meaningOf('reason', ' Mouwen te  WÍJD!', mapped)).toBe('too_big');
    expect(meaningOf('condition', 'Een beetje los', mapped)).toBe('bad');
    expect(meaningOf('resolution', 'Bel mij.', mapped)).toBe('other');
  });

  test('is known only in its own field', () => {
    expect(meaningOf('condition', 'mouwen te wijd', mapped)).toBeUndefined();
    expect(meaningOf('reason', 'bel mij', mapped)).toBeUndefined();
    expect(meaningOf('status', 'bel mij', mapped)).toBeUndefined();
  });

  test('never changes the meaning of a built-in or an empty text', () => {
    const wrong = {
      ...builtInOnly,
      reason: new Map([['te klein', 'broken'] as const, ['', 'broken'] as const]),
    };
    expect(meaningOf('reason', 'te klein', wrong)).toBe('too_small');
    expect(meaningOf('reason', '', wrong)).toBe('no_reason');
  });

  const long = 'De jurk zat bij de schouders heel anders dan op de foto '.repeat(200);

  test('is found also when it is very long, and long texts with different ends are different terms', () => {
    expect(termOf(long)).toBe(termOf(`${long.toUpperCase()}!`));
    expect(termOf(long)).not.toBe(termOf(`${long} en te wijd`));
    expect([...termOf(long)].length).toBeLessThan(220);
    expect(
      meaningOf('reason', long, { ...builtInOnly, reason: new Map([[termOf(long), 'style'] as const]) }),
    ).toBe('style');
  });

  test('has the same term when an operator copies it from the list of unknown texts', () => {
    fc.assert(
      fc.property(anyText, (text) => expect(termOf(termOf(text))).toBe(termOf(text))),
      { examples: [[long], ['😞'.repeat(300)]] },
    );
  });
});

test("only IGF's own words need no comment", () => {
  expect(isIgfReason('too_small')).toBe(true);
  expect(isIgfReason('te klein')).toBe(false);
  expect(isIgfReason('Too_Small')).toBe(false);
  expect(isIgfReason(undefined)).toBe(false);
});

const anyText = fc.oneof(
  fc.string({ unit: anyCharacter }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(...returnReasons, 'te klein', 'Ruilen', 'gedragen', 'toString'),
);

describe('reading a text', () => {
  test('gives a result for every text, and the same for its compared form', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const compared = comparableText(text);
        expect(meaningOf('reason', text)).toBe(meaningOf('reason', compared));
        expect(meaningOf('resolution', text)).toBe(meaningOf('resolution', compared));
        expect(meaningOf('condition', text)).toBe(meaningOf('condition', compared));
        expect(readMerchantResolution(text)).toBe(readMerchantResolution(compared));
        expect([undefined, ...returnReasons]).toContain(meaningOf('reason', text));
      }),
    );
  });

  test('is stable: the compared form of a compared form is itself', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(comparableText(comparableText(text))).toBe(comparableText(text));
      }),
      { examples: [['a. .'], ['ﬁt . !'], ['ΑΣ.Α'], ['ŉ'], ['İ'], ['1́´s']], numRuns: 500 },
    );
  });
});
