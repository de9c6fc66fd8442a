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

describe('a date', () => {
  test.each([
    ['2024-03-08T13:25:19.000+00:00', '2024-03-08T13:25:19.000Z'],
    ['2024-03-08T13:25:19+01:00', '2024-03-08T12:25:19.000Z'],
    ['2024-03-08T13:25:19+0100', '2024-03-08T12:25:19.000Z'],
    ['2024-03-08T13:25:19+01', '2024-03-08T12:25:19.000Z'],
    ['2024-03-08T23:25:19-02:00', '2024-03-09T01:25:19.000Z'],
    ['2024-03-08T13:25:19Z', '2024-03-08T13:25:19.000Z'],
    ['2024-02-20 15:28:51', '2024-02-20T15:28:51.000Z'],
    ['2024-02-20T15:28:51', '2024-02-20T15:28:51.000Z'],
    ['2024-02-20 15:28', '2024-02-20T15:28:00.000Z'],
    ['2024-02-20', '2024-02-20T00:00:00.000Z'],
    [' 2024-02-20 15:28:51 ', '2024-02-20T15:28:51.000Z'],
    ['2024-02-08T22:07:46.236789+00:00', '2024-02-08T22:07:46.236Z'],
    ['20240308T132519Z', '2024-03-08T13:25:19.000Z'],
    ['20240308T132519+0100', '2024-03-08T12:25:19.000Z'],
    ['20240308', '2024-03-08T00:00:00.000Z'],
    ['08-03-2026 14:25:19', '2026-03-08T14:25:19.000Z'],
    ['8.3.2026', '2026-03-08T00:00:00.000Z'],
    ['2024-03-08 13:25:19 UTC', '2024-03-08T13:25:19.000Z'],
    ['2024-07-08 13:25:19 CEST', '2024-07-08T11:25:19.000Z'],
    ['Fri, 08 Mar 2024 13:25:19 +0000', '2024-03-08T13:25:19.000Z'],
    ['1709904319', '2024-03-08T13:25:19.000Z'],
    [1709904319, '2024-03-08T13:25:19.000Z'],
    [1709904319000, '2024-03-08T13:25:19.000Z'],
    [{ date: '2024-03-08 13:25:19.000000', timezone_type: 3, timezone: 'UTC' }, '2024-03-08T13:25:19.000Z'],
  ])('%j is %s in UTC', (written, utc) => {
    expect(z.parse(dateTime, written)).toBe(utc);
  });

  test.each([
    'yesterday',
    '03/08/2024',
    '2024-13-01',
    '2024-02-30',
    '2024-02-20 25:00:00',
    '2024',
    2024,
    1.5,
    true,
    { date: '2024-03-08 13:25:19', timezone_type: 3, timezone: 'Europe/Amsterdam' },
  ])('is not %j', (written) => {
    expect(accepts(dateTime, written)).toBe(false);
  });

  test.each([
    '0000-00-00',
    '0000-00-00 00:00:00',
    '0000-00-00T00:00:00.000+00:00',
    '-0001-11-30 00:00:00',
    '-0001-11-30T00:00:00+00:00',
    '00-00-0000',
    0,
    '0',
  ])('is none when it is %j', (zero) => {
    expect(z.parse(dateTime, zero)).toBeUndefined();
    expect(remarksOf(optional(dateTime), zero).unread).toEqual([]);
  });

  test('stays the same when it is normalised again', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('2999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(z.parse(dateTime, date.toISOString())).toBe(date.toISOString());
        },
      ),
    );
  });

  test('never makes the reader fail, with any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (value) => void accepts(dateTime, value)));
  });
});

describe('an amount', () => {
  test.each([
    [271, 271],
    [2.95, 2.95],
    ['271.00', 271],
    [' 2.95 ', 2.95],
    ['0', 0],
    ['-3.5', -3.5],
    ['1,250.00', 1250],
    ['1.250,00', 1250],
    ['2,95', 2.95],
    ['1.250', 1.25],
    ['1,250,000', 1250000],
    ['1.250.000,5', 1250000.5],
    ['2,9500', 2.95],
    [59.947900000000004, 59.95],
    [271.005, 271.01],
    ['271.005', 271.01],
    [-271.005, -271.01],
    [1e-200, 0],
    [-0.001, 0],
    [['2.95'], 2.95],
  ])('%j is %d', (written, value) => {
    expect(z.parse(amount, written)).toBe(value);
  });

  test.each([
    '1,250',
    '-1,250',
    '1,25,00',
    '12,50.00',
    '€ 271',
    '1e3',
    '0x10',
    'NaN',
    'Infinity',
    true,
    1e300,
  ])('is not %j, which is ambiguous or none', (written) => {
    expect(accepts(amount, written)).toBe(false);
  });

  test('is in cents, however it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (cents) => {
        const written = (cents / 100).toFixed(2);
        const [whole = '', rest = ''] = written.split('.');
        const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
        for (const form of [cents / 100, written, `${whole},${rest}`, `${grouped},${rest}`]) {
          expect(z.parse(amount, form)).toBe(cents / 100 || 0);
        }
      }),
    );
  });

  test('of a long text with blanks is refused at once', () => {
    expect(accepts(amount, `${' '.repeat(200_000)}x`)).toBe(false);
    expect(accepts(quantity, `${' '.repeat(200_000)}x`)).toBe(false);
  });
});

describe('a number of units', () => {
  test.each([
    [2, 2],
    ['2', 2],
    [' 2 ', 2],
    ['2.0000', 2],
    ['2,00', 2],
    [0, 0],
    ['0', 0],
  ])('%j is %d', (written, value) => {
    expect(z.parse(quantity, written)).toBe(value);
  });

  test.each([1.5, '1.5', 'two', '-1', -1, Number.NaN, true, 1e10])('is not %j', (written) => {
    expect(accepts(quantity, written)).toBe(false);
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
      fc.property(fc.string({ unit: 'binary' }), (written) => {
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
