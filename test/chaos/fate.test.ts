import fc from 'fast-check';
import { Fates, fateOf } from './fate.ts';
import { drawn, type Fault } from './faults/fault.ts';

test('a fate follows from seed, kind and ordinal alone', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), fc.nat(), (seed, kind, ordinal) => {
      const fate = fateOf(seed)(kind, ordinal);
      expect(fate).toBe(fateOf(seed)(kind, ordinal));
      expect(fate).toBeGreaterThanOrEqual(0);
      expect(fate).toBeLessThan(1);
    }),
  );
});

test('calls of one kind do not change the fate of another kind', () => {
  const [alone, among] = [new Fates(1), new Fates(1)];
  const expected = [alone.next('PutItem'), alone.next('PutItem')];
  const first = among.next('PutItem');
  among.next('Query');
  expect([first, among.next('PutItem')]).toEqual(expected);
});

test('another seed is another fate', () => {
  expect(new Fates(1).next('PutItem')).not.toBe(new Fates(2).next('PutItem'));
});

const fault = (name: string, share: number): Fault => ({ name, share, reaches: false, answer: 'drop' });

test.each([
  [0, 'first'],
  [0.09, 'first'],
  [0.1, 'second'],
  [0.29, 'second'],
  [0.31, undefined],
  [0.99, undefined],
])('the fate %d draws the fault %s', (fate, name) => {
  expect(drawn([fault('first', 0.1), fault('second', 0.2)], fate)?.name).toBe(name);
});
