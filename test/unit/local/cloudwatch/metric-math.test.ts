import { describe, expect, test } from '@jest/globals';
import { evaluateMath, type Series } from '../../../../infra/local/cloudwatch/metric-math.ts';

const series = new Map<string, Series>([
  ['m1', [1, 2, undefined, 4]],
  ['m2', [4, undefined, undefined, 1]],
  ['e1', [9, 9, 9, 9]],
]);

describe('metric math', () => {
  test.each<[expression: string, result: Series]>([
    ['m1 + m2', [5, undefined, undefined, 5]],
    ['m1 + 2 * 3', [7, 8, undefined, 10]],
    ['(m1 + 2) * 3', [9, 12, undefined, 18]],
    ['10 - m1 - 1', [8, 7, undefined, 5]],
    ['m1 / (m1 - 1)', [undefined, 2, undefined, 4 / 3]],
    ['FILL(m2, 0)', [4, 0, 0, 1]],
    ['DIFF(m1)', [undefined, 1, undefined, undefined]],
    ['SUM([m1, m2])', [5, 2, undefined, 5]],
    ['SUM(METRICS())', [5, 2, undefined, 5]],
    ['MAX([m1, m2])', [4, 2, undefined, 4]],
    ['IF(FILL(m1, 0) > 1 AND FILL(m2, 0) == 0, 1, 0)', [0, 1, 0, 0]],
    ['IF(m1 >= 4 OR m1 <= 1, m1, 0)', [1, 0, undefined, 4]],
    ['m1 != m2', [1, undefined, undefined, 1]],
  ])('%s', (expression, result) => {
    expect(evaluateMath(expression, series)).toEqual(result);
  });

  test.each(['m3', 'STDDEV(m1)', 'm1 +', 'm1 m2', 'SUM([m1, m2'])('refuses %s', (expression) => {
    expect(() => evaluateMath(expression, series)).toThrow("can't read the metric math");
  });
});
