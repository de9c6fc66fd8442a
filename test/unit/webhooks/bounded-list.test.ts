import * as z from 'zod/mini';
import { mostFaults } from '../../../lib/config/limits.ts';
import { faultsOf } from '../../../lib/ingest/schema-faults.ts';
import { boundedList, countedList, remarksOf } from '../../../lib/webhooks/fields.ts';
import { identifier, quantity } from '../../../lib/webhooks/winkelstraat/fields.ts';
import { zodAsDeployed } from '../../support/zod-messages.ts';

zodAsDeployed();

const schema = z.object({ items: boundedList(z.looseObject({ id: identifier, units: quantity })) });
const read = (items: unknown) => z.safeParse(schema, { items });
const good = { id: 7, units: '2.00' };

describe('a list', () => {
  test('of any length is read entry by entry', () => {
    expect(read(Array(250).fill(good)).data?.items).toEqual(Array(250).fill({ id: '7', units: 2 }));
  });

  test('leaves out the entries that can not be used, and names their faults', () => {
    const items = Array(250).fill(good);
    items[1] = { id: 7 };
    items[180] = 'text';
    expect(read(items).data?.items).toHaveLength(248);
    const { unusable } = remarksOf(schema, { items });
    expect(faultsOf({ issues: unusable }, { items })).toEqual([
      { path: 'items.1.units', message: 'is required' },
      { path: 'items.180', message: 'must be of type object' },
    ]);
  });

  test('names the faults of all entries when none can be used', () => {
    const items = [{ id: 7 }, 'text'];
    const { error } = read(items);
    expect(error && faultsOf(error, { items })).toEqual([
      { path: 'items.0.units', message: 'is required' },
      { path: 'items.1', message: 'must be of type object' },
    ]);
  });

  test.each([[[]], [{}], [null], ['text'], [7]])('is absent when it is %j', (items) => {
    expect(read(items).success).toBe(false);
  });

  test('of one may be its entry, and an object whose keys are whole numbers is a list', () => {
    expect(read(good).data?.items).toEqual([{ id: '7', units: 2 }]);
    expect(read({ 4: good, 90: good }).data?.items).toHaveLength(2);
  });

  test('counts the entries that can not be used', () => {
    const counted = z.object({ items: countedList(z.looseObject({ id: identifier })) });
    expect(z.parse(counted, { items: [{ id: 1 }, {}, null, { id: 2 }] }).items).toMatchObject({
      usable: [{ id: '1' }, { id: '2' }],
      unusable: 2,
    });
  });

  test('with more wrong entries than faults are reported is refused', () => {
    expect(read([...Array(mostFaults).fill(0), good]).data?.items).toHaveLength(1);
    expect(read([good, ...Array(mostFaults + 1).fill(0), good]).success).toBe(false);
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
