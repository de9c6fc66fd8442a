import * as z from 'zod/mini';
import type { MetricName } from './metrics.ts';

/** A line in CloudWatch's embedded metric format. */
const EmbeddedMetric = z.looseObject({
  _aws: z.looseObject({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.looseObject({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.looseObject({ Name: z.string() })),
      }),
    ),
  }),
});

export interface MetricValue {
  readonly metric: MetricName;
  readonly value: number;
}

/**
 * The metrics in a log line, if it is one of embedded metrics.
 * @see
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetrics(line: string): MetricValue[] {
  if (!line.startsWith('{"_aws"')) return [];
  const json: unknown = JSON.parse(line);
  const parsed = z.safeParse(EmbeddedMetric, json);
  if (!parsed.success) return [];
  const fields = json as Readonly<Record<string, unknown>>;
  return parsed.data._aws.CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics: names }) =>
    Dimensions.flatMap((dimensionNames) => {
      const dimensions = Object.fromEntries(dimensionNames.map((name) => [name, String(fields[name])]));
      return names.flatMap(({ Name: name }) =>
        [fields[name]]
          .flat()
          .map((value) => ({ metric: { namespace, name, dimensions }, value: Number(value) })),
      );
    }),
  );
}

/** The properties of `AWS::Logs::MetricFilter` that decide which values it writes. */
export const MetricFilterProperties = z.looseObject({
  FilterPattern: z.string(),
  MetricTransformations: z.array(
    z.looseObject({ MetricNamespace: z.string(), MetricName: z.string(), MetricValue: z.string() }),
  ),
});

/** Reads `{ ($.status = "413") && ($.functionStatus != "413") }`, the form in the stack. @throws Error for another */
export function filterPattern(pattern: string): (line: unknown) => boolean {
  const comparisons = pattern.replace(/^\{|\}$/g, '').split('&&');
  const tests = comparisons.map((comparison) => {
    const [, name, operator, value] = /^ *\(?\$\.(\w+) (=|!=) "([^"]*)"\)? *$/.exec(comparison) ?? [];
    if (name === undefined) throw new Error(`The local runtime does not know the filter pattern ${pattern}.`);
    return (line: unknown) => (Object(line)[name] === value) === (operator === '=');
  });
  return (line) => tests.every((test) => test(line));
}
