import fc from 'fast-check';
import { type Envelope, eventId, readEnvelope, writeEnvelope } from '../../../lib/webhooks/envelope.ts';
import { sample } from '../../support/builders.ts';
import { anyCharacter } from '../../support/characters.ts';

/** Any JSON that a body can contain, also emoji, control characters and lone surrogates. */
const text = fc.oneof(
  fc.string({ unit: anyCharacter }),
  fc.constantFrom(
    '\ud83d',
    '\ude00',
    '😀',
    '\u0000',
    '\u001f\u007f\u0080',
    '\u2028',
    '\uffff',
    '\\ud83d',
    'é"\\',
  ),
);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    text,
    fc.oneof(
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
    ),
    fc.array(tie('json'), { maxLength: 4 }),
    // Integer-like keys too: objects list those first, whatever order they came in.
    fc.dictionary(fc.oneof(text, fc.constantFrom('10', '9', '__proto__', 'toJSON')), tie('json'), {
      maxKeys: 4,
    }),
  ),
}));

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, reversed(inner)]),
  );
};

const envelope = (overrides: Partial<Envelope> = {}): Envelope => ({
  schema: 1,
  id: 'an-id',
  webhook: 'stock-hub/v1/rma',
  version: '1.0.0',
  receivedAt: '2024-03-08T13:30:00.000Z',
  correlationId: 'a-correlation',
  payload: {},
  ...overrides,
});

describe('the event id', () => {
  const example = sample('stock-hub-v1-rma');

  test('is 128 bits as hexadecimal text', () => {
    expect(eventId('stock-hub/v1/rma', example)).toMatch(/^[0-9a-f]{32}$/);
  });

  test('is the same for a repeated delivery with other spacing and key order', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(0, 1, '\t'), (body, spacing) => {
        const again: unknown = JSON.parse(JSON.stringify(reversed(body), null, spacing));
        expect(eventId('a', again)).toBe(eventId('a', body));
      }),
    );
  });

  test('differs for another webhook', () => {
    expect(eventId('stock-hub/v1/rma', example)).not.toBe(eventId('push-api/v2/rma', example));
  });

  test('differs when any value differs', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        fc.pre(JSON.stringify(sorted(one)) !== JSON.stringify(sorted(other)));
        expect(eventId('a', one)).not.toBe(eventId('a', other));
      }),
    );
  });

  test('differs for texts with different lone surrogates, which UTF-8 can not distinguish', () => {
    expect(eventId('a', '\ud83d')).not.toBe(eventId('a', '\ud83e'));
    expect(eventId('a', '\ud83d')).not.toBe(eventId('a', '\\ud83d'));
  });

  test('differs for a number and its text, and for an absent field and null', () => {
    expect(eventId('a', { n: 1 })).not.toBe(eventId('a', { n: '1' }));
    expect(eventId('a', { n: null })).not.toBe(eventId('a', {}));
  });

  test('does not depend on how a number is written', () => {
    expect(eventId('a', JSON.parse('1.0'))).toBe(eventId('a', JSON.parse('1')));
  });

  test('depends on the order of a list', () => {
    expect(eventId('a', [1, 2])).not.toBe(eventId('a', [2, 1]));
  });

  /** Canonical JSON, by an implementation of the test's own. */
  function sorted(value: unknown): unknown {
    if (Array.isArray(value)) return ['list', ...value.map(sorted)];
    if (typeof value !== 'object' || value === null) return value;
    return Object.keys(value)
      .sort()
      .map((name) => [name, sorted((value as Record<string, unknown>)[name])]);
  }
});

describe('the envelope', () => {
  test('is read as it was written, with any JSON', () => {
    fc.assert(
      fc.property(json, (payload) => {
        expect(readEnvelope(writeEnvelope(envelope({ payload })))).toEqual(envelope({ payload }));
      }),
      { numRuns: 300 },
    );
  });

  test('is only printable ASCII, so SQS accepts it with any JSON', () => {
    fc.assert(
      fc.property(json, text, (payload, correlationId) => {
        expect(writeEnvelope(envelope({ payload, correlationId }))).toMatch(/^[\x20-\x7f]*$/);
      }),
      { numRuns: 300 },
    );
  });

  test('of a vendor payload is as long as its JSON: nothing is escaped needlessly', () => {
    const payload = sample('stock-hub-v1-shipment');

    expect(writeEnvelope(envelope({ payload }))).toBe(JSON.stringify(envelope({ payload })));
  });

  test.each([
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['JSON of something else', '{"Records":[]}'],
    ['a later version', JSON.stringify({ ...envelope(), schema: 2 })],
    ['no id', JSON.stringify({ ...envelope(), id: '' })],
    ['a text that is not a date', JSON.stringify(envelope({ receivedAt: 'yesterday' }))],
    ['null', 'null'],
  ])('is not read from %s', (_what, body) => {
    expect(readEnvelope(body)).toBeUndefined();
  });
});
