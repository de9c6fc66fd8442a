import fc from 'fast-check';
import * as z from 'zod/mini';
import { rmaStatuses } from '../../../../lib/facts/vendor-terms.ts';
import {
  amount,
  dateTime,
  identifier,
  optional,
  quantity,
  rmaStatus,
  shipmentStatus,
  text,
} from '../../../../lib/webhooks/winkelstraat/fields.ts';

const accepts = (schema: z.ZodMiniType, value: unknown): boolean => z.safeParse(schema, value).success;

describe('a date', () => {
  test.each([
    ['2024-03-08T13:25:19.000+00:00', '2024-03-08T13:25:19.000Z'],
    ['2024-03-08T13:25:19+01:00', '2024-03-08T12:25:19.000Z'],
    ['2024-03-08T13:25:19+0100', '2024-03-08T12:25:19.000Z'],
    ['2024-03-08T23:25:19-02:00', '2024-03-09T01:25:19.000Z'],
    ['2024-03-08T13:25:19Z', '2024-03-08T13:25:19.000Z'],
    ['2024-02-20 15:28:51', '2024-02-20T15:28:51.000Z'],
    ['2024-02-20T15:28:51', '2024-02-20T15:28:51.000Z'],
    ['2024-02-20 15:28', '2024-02-20T15:28:00.000Z'],
    ['2024-02-20', '2024-02-20T00:00:00.000Z'],
    [' 2024-02-20 15:28:51 ', '2024-02-20T15:28:51.000Z'],
    ['2024-02-08T22:07:46.236789+00:00', '2024-02-08T22:07:46.236Z'],
  ])('%s is %s in UTC', (written, utc) => {
    expect(z.parse(dateTime, written)).toBe(utc);
  });

  test.each(['yesterday', '20-02-2024', '2024-13-01', '2024-02-20 25:00:00', '1709251200', '2024'])(
    'is not %s',
    (written) => {
      expect(accepts(dateTime, written)).toBe(false);
    },
  );

  test('is not a number', () => {
    expect(accepts(dateTime, 1709251200)).toBe(false);
  });

  test('that is empty is absent', () => {
    expect(z.parse(optional(dateTime), '')).toBeUndefined();
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
  ])('%j is %d', (written, value) => {
    expect(z.parse(amount, written)).toBe(value);
  });

  test.each(['271,00', '1.271,00', '€ 271', '1e3', '0x10', 'NaN', 'Infinity', true, [], {}])(
    'is not %j, which is ambiguous',
    (written) => {
      expect(accepts(amount, written)).toBe(false);
    },
  );

  test.each(['', '  ', null, undefined])('that is %j is absent', (noAction) => {
    expect(z.parse(optional(amount), noAction)).toBeUndefined();
  });
});

describe('a number of units', () => {
  test.each([
    [2, 2],
    ['2', 2],
    ['2.0000', 2],
    [0, 0],
    ['0', 0],
  ])('%j is %d', (written, value) => {
    expect(z.parse(quantity, written)).toBe(value);
  });

  test.each([1.5, '1.5', 'two', '-1', Number.NaN, true])('is not %j', (written) => {
    expect(accepts(quantity, written)).toBe(false);
  });

  test.each(['', null, undefined])('that is %j is absent', (noAction) => {
    expect(z.parse(optional(quantity), noAction)).toBeUndefined();
  });
});

describe('an identifier', () => {
  test.each([
    [90, '90'],
    ['YEK', 'YEK'],
    [' 000000093 ', '000000093'],
    ['000000093', '000000093'],
  ])('%j is %s', (written, value) => {
    expect(z.parse(identifier, written)).toBe(value);
  });

  test.each([null, undefined, '', '  ', 1.5, true, {}, 'x'.repeat(201)])('is not %j', (written) => {
    expect(accepts(identifier, written)).toBe(false);
  });
});

describe('a text', () => {
  test('is trimmed, and an empty one is absent', () => {
    expect(z.parse(text, ' Jan ')).toBe('Jan');
    expect(z.parse(optional(text), '')).toBeUndefined();
    expect(z.parse(optional(text), '   ')).toBeUndefined();
    expect(z.parse(optional(text), null)).toBeUndefined();
  });

  test('that was cut in the middle of an emoji can still be stored', () => {
    expect(z.parse(text, 'Jan \ud83d')).toBe('Jan \ufffd');
    expect(z.parse(text, 'Jan 😀')).toBe('Jan 😀');
    expect(String(z.parse(identifier, 'sku-\ud83d')).isWellFormed()).toBe(true);
  });
});

describe('a status', () => {
  test.each(rmaStatuses)('of an RMA: %s', (status) => {
    expect(z.parse(rmaStatus, status)).toBe(status);
    expect(z.parse(rmaStatus, ` ${status.toUpperCase()} `)).toBe(status);
  });

  test.each(['UNKNOWN', 'READY_FOR_PICKUP', 'IN_TRANSIT', 'EXCEPTION', 'DELIVERED'])(
    'of a shipment: %s',
    (status) => {
      expect(z.parse(shipmentStatus, status)).toBe(status);
      expect(z.parse(shipmentStatus, status.toLowerCase())).toBe(status);
    },
  );

  test.each([undefined, null, '', 'lost', 7])('is never %j', (status) => {
    expect(accepts(rmaStatus, status)).toBe(false);
    expect(accepts(shipmentStatus, status)).toBe(false);
  });
});
