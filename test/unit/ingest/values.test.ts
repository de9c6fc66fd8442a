import { holdsTooManyValues, mostValues } from '../../../lib/ingest/values.ts';

const list = (count: number, value = '0') => `[${Array(count).fill(value).join(',')}]`;

test('a body holds as many values as it has, the nested ones and itself included', () => {
  expect(holdsTooManyValues(list(mostValues - 1))).toBe(false);
  expect(holdsTooManyValues(list(mostValues))).toBe(true);
  expect(holdsTooManyValues(list(mostValues / 2, '[0]'))).toBe(true);
  expect(holdsTooManyValues(list(mostValues / 2 - 1, '{"a":0}'))).toBe(false);
  expect(holdsTooManyValues(`{${Array.from({ length: mostValues }, (_, index) => `"${index}":0`)}}`)).toBe(
    true,
  );
});

test('what stands in a text is no value', () => {
  expect(holdsTooManyValues(JSON.stringify({ text: `\\"${',[{'.repeat(mostValues)}` }))).toBe(false);
  expect(holdsTooManyValues(JSON.stringify([`${'x'.repeat(9)}\\`, ...Array(mostValues).fill(0)]))).toBe(true);
});

test('what is no JSON is read to its end all the same', () => {
  expect(holdsTooManyValues('')).toBe(false);
  expect(holdsTooManyValues('"never ends')).toBe(false);
  expect(holdsTooManyValues('['.repeat(mostValues))).toBe(true);
});
