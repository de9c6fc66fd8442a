import * as z from 'zod/mini';
import { mostFaults } from '../../../lib/config/limits.ts';
import { faultsOf } from '../../../lib/ingest/schema-faults.ts';
import { boundedList } from '../../../lib/webhooks/fields.ts';
import { amount, identifier, quantity } from '../../../lib/webhooks/winkelstraat/fields.ts';

const schema = z.object({ items: boundedList(z.looseObject({ id: identifier, units: quantity })) });
const read = (items: unknown) => z.safeParse(schema, { items });
const good = { id: 7, units: '2.00' };

describe('a list', () => {
  test('of any length is read entry by entry', () => {
    expect(read(Array(250).fill(good)).data?.items).toEqual(Array(250).fill({ id: '7', units: 2 }));
  });

  test('names the places of its faults', () => {
    const items = Array(250).fill(good);
    items[1] = { id: 7 };
    items[180] = 'text';
    const { error } = read(items);
    expect(error && faultsOf(error, { items })).toEqual([
      { path: 'items.1.units', message: 'is required' },
      { path: 'items.180', message: 'must be of type object' },
    ]);
  });

  test.each([[[]], [{}], ['text']])('is absent when it is %j', (items) => {
    expect(read(items).success).toBe(false);
  });

  test('of wrong entries reports a limited number of faults, and that there are more', () => {
    const items = Array(130_000).fill(0);
    const { error } = read(items);
    expect(error?.issues.length).toBeLessThanOrEqual(3 * mostFaults);
    const faults = error ? faultsOf(error, { items }) : [];
    expect(faults).toHaveLength(mostFaults + 1);
    expect(faults.at(-1)).toEqual({ path: '', message: 'has more faults' });
  });
});

describe('numbers as text', () => {
  test.each([amount, quantity])(
    'may have blanks around them, and blanks alone are an absent number',
    (schema) => {
      expect(z.parse(schema, ' 12 ')).toBe(12);
      expect(z.parse(schema, '  ')).toBeUndefined();
      expect(z.safeParse(schema, `${' '.repeat(200_000)}x`).success).toBe(false);
    },
  );
});
