/** The metrics of the local runtime, as CloudWatch keeps them. Times are milliseconds since the epoch on its clock. */

import type { Series } from './metric-math.ts';

export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

interface Value {
  readonly at: number;
  readonly value: number;
}

/** No alarm looks further back: CloudWatch allows seven days. */
const keptMs = 7 * 24 * 3600 * 1000;

/** How CloudWatch names a metric in one text. */
const metricKey = ({ namespace, name, dimensions = {} }: MetricName): string =>
  [
    namespace,
    name,
    ...Object.entries(dimensions)
      .map((pair) => pair.join('='))
      .sort(),
  ].join(' ');

const percentile = (values: readonly number[], percent: number): number | undefined =>
  values.toSorted((one, other) => one - other)[Math.max(0, Math.ceil((percent / 100) * values.length) - 1)];

/** CloudWatch's statistics, by their lower case: `Sum` and `sum` are both written. */
const statistics: Readonly<Record<string, (values: readonly number[]) => number>> = {
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  samplecount: (values) => values.length,
  average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  minimum: (values) => Math.min(...values),
  maximum: (values) => Math.max(...values),
};

export class Metrics {
  readonly #series = new Map<string, { readonly metric: MetricName; readonly values: Value[] }>();

  /** Stores one value. Values of one metric come in the order of their times. */
  put(metric: MetricName, value: number, at: number): void {
    const key = metricKey(metric);
    const values = this.#series.get(key)?.values ?? [];
    const firstKept = values.findIndex((each) => each.at > at - keptMs);
    if (firstKept > 0) values.splice(0, firstKept);
    values.push({ at, value });
    this.#series.set(key, { metric, values });
  }

  /** Every metric that has had a value. */
  names = (): MetricName[] => [...this.#series.values()].map(({ metric }) => metric);

  /**
   * The statistic of each period, oldest first; undefined without values. @param at the end of the newest period
   * @throws Error for a statistic that is not known here
   */
  periods(metric: MetricName, statistic: string, periodMs: number, at: number, count: number): Series {
    const series = this.#series.get(metricKey(metric))?.values ?? [];
    const from = at - count * periodMs;
    const periods = Array.from({ length: count }, (): number[] => []);
    // The series is sorted and may be long, and the periods are near its end.
    for (const value of series.slice(series.findLastIndex((each) => each.at < from) + 1))
      periods[Math.floor((value.at - from) / periodMs)]?.push(value.value);
    const percent = /^p(\d+(\.\d+)?)$/.exec(statistic)?.[1];
    const calculate =
      percent === undefined
        ? statistics[statistic.toLowerCase()]
        : (values: readonly number[]) => percentile(values, Number(percent));
    if (!calculate) throw new Error(`The local runtime does not know the statistic ${statistic}.`);
    return periods.map((values) => (values.length > 0 ? calculate(values) : undefined));
  }
}
