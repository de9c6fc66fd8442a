import type { MetricName } from '../config/metrics.ts';

/**
 * Writes a value in CloudWatch's embedded metric format. Past `console`, because Lambda's JSON logs would wrap it, and
 * CloudWatch only reads a line that is the metric itself. Nothing is written outside of a deployed function, which has
 * the variable `METRIC_NAMESPACE`.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function measure(
  name: MetricName,
  value: number,
  write: (line: string) => void = (line) => void process.stdout.write(line),
): void {
  const namespace = process.env.METRIC_NAMESPACE;
  if (!namespace) return;
  const Unit = name.endsWith('-seconds') ? 'Seconds' : 'Count';
  const metric = { Namespace: namespace, Dimensions: [[]], Metrics: [{ Name: name, Unit }] };
  write(
    `${JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics: [metric] }, [name]: value })}\n`,
  );
}
