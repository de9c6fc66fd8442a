import fc from 'fast-check';
import * as z from 'zod/mini';
import { rmaStatuses } from '../../../../lib/facts/vendor-terms.ts';
import { object, optional, remarksOf } from '../../../../lib/webhooks/fields.ts';
import {
  addressText,
  amount,
  dateTime,
  documentNumber,
  identifier,
  poNumber,
  quantity,
  rmaStatus,
  shipmentStatus,
  text,
} from '../../../../lib/webhooks/winkelstraat/fields.ts';
import { anyCharacter } from '../../../support/characters.ts';

const accepts = (schema: z.ZodMiniType, value: unknown): boolean => z.safeParse(schema, value).success;
const isRead = (schema: z.ZodMiniType, value: unknown): boolean =>
  accepts(schema, value) && z.parse(optional(schema), value) !== undefined;

const nothing = [undefined, null, false, '', '  ', 'null', [], {}];

describe.each([
  ['a text', text],
  ['an amount', amount],
  ['a number of units', quantity],
  ['a date', dateTime],
  ['a status of an RMA', rmaStatus],
  ['a status of a shipment', shipmentStatus],
  ['a purchase order', poNumber],
  ['an address', object({ street: optional(text) })],
] as const)('%s that is optional', (_what, schema) => {
  const body = object({ field: optional(schema as z.ZodMiniType) });

  test.each(nothing)('is none when it is %j', (value) => {
    expect(z.parse(body, { field: value }).field).toBeUndefined();
    expect(remarksOf(body, { field: value })).toEqual({ unread: [], unusable: [] });
  });

  test('refuses no value: what can not be read is none, and its path is reported', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const { field } = z.parse(body, { field: value });
        const { unread, unusable } = remarksOf(body, { field: value });
        expect(unusable).toEqual([]);
        for (const path of unread) expect(path).toMatch(/^field(\.street)?$/);
        if (unread[0] === 'field' && typeof value !== 'number') expect(field).toBeUndefined();
      }),
    );
  });
});

describe('an identifier', () => {
  test.each([
    [90, '90'],
    ['YEK', 'YEK'],
    [' 000000093 ', '000000093'],
    ['000000093', '000000093'],
    ['A&amp;B', 'A&B'],
    ['sku\u200b-\u00001', 'sku-1'],
  ])('%j is %s', (written, value) => {
    expect(z.parse(identifier, written)).toBe(value);
  });

  test('is kept in the form of its letters: a listing carries an sku as it was sent', () => {
    const decomposed = 'cafe\u0301';
    expect(z.parse(identifier, decomposed)).toBe(decomposed);
    expect(z.parse(text, decomposed)).toBe('caf\u00e9');
  });

  test.each([null, undefined, '', '  ', 'null', '\u200b', 1.5, 2 ** 60, true, {}, ['A'], 'x'.repeat(201)])(
    'is not %j',
    (written) => {
      expect(accepts(identifier, written)).toBe(false);
    },
  );
});

describe('the number of an order, an RMA or a shipment', () => {
  test('is text', () => {
    expect(z.parse(documentNumber, ' 000000093 ')).toBe('000000093');
    for (const written of [null, '', {}, true, ['1']]) expect(accepts(documentNumber, written)).toBe(false);
  });

  test('is refused as a number, with the reason', () => {
    expect(z.safeParse(documentNumber, 93).error?.issues).toMatchObject([
      { message: 'must be text: as a JSON number it may have lost leading zeros' },
    ]);
  });
});

test('a purchase order that is a number is kept for people, and reported', () => {
  const body = object({ po: optional(poNumber) });
  expect(z.parse(body, { po: ' 007 ' }).po).toEqual({ poNumber: '007' });
  expect(z.parse(body, { po: 7 }).po).toEqual({ uncertainPoNumber: '7' });
  expect(remarksOf(body, { po: '007' }).unread).toEqual([]);
  expect(remarksOf(body, { po: 7 }).unread).toEqual(['po']);
});

describe('a text', () => {
  test.each([
    [' Jan ', 'Jan'],
    [7, '7'],
    [3400000000, '3400000000'],
    [1.5, '1.5'],
    [['Kerkstraat 1', '', null, 'B'], 'Kerkstraat 1 B'],
    [{ 0: 'Kerkstraat 1', 1: 'B' }, 'Kerkstraat 1 B'],
    ['a\r\nb\tc', 'a b c'],
    ['e\u0301', '\u00e9'],
    ['J\u00fcrgen\u200b\u0000', 'J\u00fcrgen'],
    ['M&uuml;ller &amp; S&ouml;hne', 'Müller & Söhne'],
    ['&#39;t Hof &#x2F; &#146;', "'t Hof / ’"],
    ['&nosuch; &amp;eacute;', '&nosuch; &eacute;'],
    ['Jan \ud83d', 'Jan'],
    ['Jan 😀', 'Jan 😀'],
  ])('%j is %j', (written, value) => {
    expect(z.parse(text, written)).toBe(value);
  });

  test.each([true, { a: 'b' }, [['a']], [{}, { a: 1 }], 1e21, 2 ** 60, 1e-9])('is not %j', (written) => {
    expect(accepts(text, written)).toBe(false);
  });

  test('is NFC and has no control, formatting or half characters, whatever was sent', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (written) => {
        const read = z.parse(text, written) ?? '';
        expect(read).toBe(read.normalize('NFC'));
        expect(read).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(read).toBe(read.trim());
      }),
    );
  });

  test('of an address has every letter, or is none', () => {
    expect(isRead(addressText, 'Müller')).toBe(true);
    expect(isRead(addressText, 'M\ufffdller')).toBe(false);
    expect(isRead(text, 'M\ufffdller')).toBe(true);
  });
});

describe('a status', () => {
  test.each(rmaStatuses)('of an RMA: %s', (status) => {
    expect(z.parse(rmaStatus, status)).toEqual({ status });
    expect(z.parse(rmaStatus, ` ${status.toUpperCase()} `)).toEqual({ status });
  });

  test.each(['UNKNOWN', 'READY_FOR_PICKUP', 'IN_TRANSIT', 'EXCEPTION', 'DELIVERED'])(
    'of a shipment: %s',
    (status) => {
      expect(z.parse(shipmentStatus, status)).toBe(status);
      expect(z.parse(shipmentStatus, status.toLowerCase())).toBe(status);
    },
  );

  test('that the vendor does not document is recorded, or unknown', () => {
    expect(z.parse(rmaStatus, ' Lost ')).toEqual({ unknownStatus: 'Lost' });
    expect(z.parse(rmaStatus, 7)).toEqual({ unknownStatus: '7' });
    expect(z.parse(rmaStatus, 'x'.repeat(5000)).unknownStatus).toHaveLength(200);
    expect(z.parse(shipmentStatus, 'OUT_FOR_DELIVERY')).toBe('UNKNOWN');
  });

  test.each([undefined, null, '', ' ', 'null', [], {}, true, { a: 1 }])('of an RMA is never %j', (status) => {
    expect(accepts(rmaStatus, status)).toBe(false);
  });
});
