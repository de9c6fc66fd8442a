import fc from 'fast-check';
import { type NamedFault, pickFault } from './faults/fault.ts';
import { randomOf, SeededRandom } from './seeded-random.ts';

test('a number follows from seed, kind and ordinal alone', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), fc.nat(), (seed, kind, ordinal) => {
      const number = randomOf(seed, kind, ordinal);
      expect(number).toBe(randomOf(seed, kind, ordinal));
      expect(number).toBeGreaterThanOrEqual(0);
      expect(number).toBeLessThan(1);
    }),
  );
});

test('calls of one kind do not change the numbers of another kind', () => {
  const [alone, among] = [new SeededRandom(1), new SeededRandom(1)];
  const expected = [alone.draw('PutItem'), alone.draw('PutItem')];
  const first = among.draw('PutItem');
  among.draw('Query');
  expect([first, among.draw('PutItem')]).toEqual(expected);
});

test('another seed gives another number', () => {
  expect(new SeededRandom(1).draw('PutItem')).not.toBe(new SeededRandom(2).draw('PutItem'));
});

const fault = (name: string, share: number): NamedFault => ({ name, share, reaches: false, answer: 'drop' });

test.each([
  [0, 'first'],
  [0.09, 'first'],
  [0.1, 'second'],
  [0.29, 'second'],
  [0.31, undefined],
  [0.99, undefined],
])('the number %d picks the fault %s', (number, name) => {
  expect(pickFault([fault('first', 0.1), fault('second', 0.2)], number)?.name).toBe(name);
});
