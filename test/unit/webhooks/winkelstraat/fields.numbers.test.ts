import fc from 'fast-check';
import * as z from 'zod/mini';
import { amount, quantity } from '../../../../lib/webhooks/winkelstraat/fields.ts';

const accepts = (schema: z.ZodMiniType, value: unknown): boolean => z.safeParse(schema, value).success;

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
