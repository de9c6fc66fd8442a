/**
 * Writes a count, at a time in milliseconds since the epoch, as a metric in CloudWatch's embedded metric format. Past
 * `console`, because Lambda's JSON logs would wrap it, and CloudWatch only reads a line that is the metric itself.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function writeCount(
  name: string,
  value: number,
  { namespace, now }: { namespace: string; now: number },
  write: (line: string) => void = (line) => void process.stdout.write(line),
): void {
  const metric = {
    Namespace: namespace,
    Dimensions: [[]],
    Metrics: [{ Name: name, Unit: 'Count' }],
  };
  write(`${JSON.stringify({ _aws: { Timestamp: now, CloudWatchMetrics: [metric] }, [name]: value })}\n`);
}
