import * as fc from 'fast-check';
import { pairedRatios, summarise } from './statistics.ts';

test('the median of an odd count is the value in the middle, in whatever order they come', () => {
  expect(summarise([9, 1, 5]).median).toBe(5);
});

test('the median of an even count lies between the two values in the middle', () => {
  expect(summarise([4, 1, 3, 2]).median).toBe(2.5);
});

test('half of the values lie between the quartiles', () => {
  expect(summarise([1, 2, 3, 4, 5])).toEqual({ lowerQuartile: 2, median: 3, upperQuartile: 4 });
});

test('one value is its own median and quartiles', () => {
  expect(summarise([7])).toEqual({ lowerQuartile: 7, median: 7, upperQuartile: 7 });
});

test('nothing measured has no median', () => {
  expect(() => summarise([])).toThrow('nothing was measured');
});

test('one disturbed repetition does not move the median far', () => {
  expect(summarise([10, 11, 10, 900, 11]).median).toBe(11);
});

test('whatever was measured, quartiles and median are in order and within the values', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
      const { lowerQuartile, median, upperQuartile } = summarise(values);
      const rounding = 1e-6;
      expect(lowerQuartile).toBeGreaterThanOrEqual(Math.min(...values) - rounding);
      expect(median).toBeGreaterThanOrEqual(lowerQuartile - rounding);
      expect(upperQuartile).toBeGreaterThanOrEqual(median - rounding);
      expect(upperQuartile).toBeLessThanOrEqual(Math.max(...values) + rounding);
    }),
  );
});

test('ratios are of measurements of the same repetition, so that a slow spell drops out', () => {
  expect(pairedRatios([8, 80, 8], [10, 100, 10])).toEqual([0.8, 0.8, 0.8]);
});
