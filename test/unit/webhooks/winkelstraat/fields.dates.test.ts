import fc from 'fast-check';
import * as z from 'zod/mini';
import { optional, remarksOf } from '../../../../lib/webhooks/fields.ts';
import { dateTime } from '../../../../lib/webhooks/winkelstraat/fields.ts';
import { anyCharacter } from '../../../support/characters.ts';

const accepts = (value: unknown): boolean => z.safeParse(dateTime, value).success;

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
    expect(accepts(written)).toBe(false);
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
    fc.assert(fc.property(fc.string({ unit: anyCharacter }), (value) => void accepts(value)));
  });
});
