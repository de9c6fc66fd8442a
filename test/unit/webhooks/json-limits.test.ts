import fc from 'fast-check';
import { deepestJson, mostJsonValues } from '../../../lib/config/limits.ts';
import { hasTooManyValues, jsonFault } from '../../../lib/webhooks/json-limits.ts';

const nested = (levels: number, open: '[' | '{"a":'): unknown =>
  JSON.parse(`${open.repeat(levels)}1${(open === '[' ? ']' : '}').repeat(levels)}`);

describe('acceptable JSON', () => {
  test.each(['[', '{"a":'] as const)(`may nest 32 levels of %s and no more`, (open) => {
    expect(deepestJson).toBe(32);
    expect(jsonFault(nested(32, open))).toBeUndefined();
    expect(jsonFault(nested(33, open))).toEqual({ path: '', message: 'is nested deeper than 32 levels' });
  });

  test('is distinguished from JSON of any depth, without a stack overflow', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = level % 2 ? [deep] : { a: deep };

    expect(jsonFault(deep)).toBeDefined();
  });

  test('is rejected when it is too deep at any place', () => {
    expect(jsonFault({ shallow: [1, 2], deep: [[], nested(32, '[')] })).toBeDefined();
  });

  test('has no number that is out of range', () => {
    expect(jsonFault(JSON.parse('{"items":[{"price":1e999}]}'))).toMatchObject({
      message: 'has a number that is out of range',
    });
  });

  test.each(['{"__proto__":1}', '[{"a":{"constructor":{"prototype":{}}}}]'])(
    'has no key that changes a prototype, as in %s',
    (json) => {
      expect(jsonFault(JSON.parse(json))).toEqual({ path: '', message: 'has a forbidden key' });
    },
  );

  test('is any other JSON', () => {
    const other = fc
      .jsonValue({ maxDepth: 6 })
      .filter((value) => !/__proto__|constructor/.test(JSON.stringify(value)));
    fc.assert(fc.property(other, (value) => jsonFault(value) === undefined));
  });
});

const list = (count: number, value = '0') => `[${Array(count).fill(value).join(',')}]`;

test('the number of values counts nested values and the body itself', () => {
  expect(hasTooManyValues(list(mostJsonValues - 1))).toBe(false);
  expect(hasTooManyValues(list(mostJsonValues))).toBe(true);
  expect(hasTooManyValues(list(mostJsonValues / 2, '[0]'))).toBe(true);
  expect(hasTooManyValues(list(mostJsonValues / 2 - 1, '{"a":0}'))).toBe(false);
  expect(hasTooManyValues(`{${Array.from({ length: mostJsonValues }, (_, index) => `"${index}":0`)}}`)).toBe(
    true,
  );
});

test('the content of a text does not count as values', () => {
  expect(hasTooManyValues(JSON.stringify({ text: `\\"${',[{'.repeat(mostJsonValues)}` }))).toBe(false);
  expect(hasTooManyValues(JSON.stringify([`${'x'.repeat(9)}\\`, ...Array(mostJsonValues).fill(0)]))).toBe(
    true,
  );
});

test('a body that is not JSON is read to its end too', () => {
  expect(hasTooManyValues('')).toBe(false);
  expect(hasTooManyValues('"never ends')).toBe(false);
  expect(hasTooManyValues('['.repeat(mostJsonValues))).toBe(true);
});
