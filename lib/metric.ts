/** Where the bridge's own metrics stand in CloudWatch. */
export const metricNamespace = 'ReturnsBridge';

/** Rejected deliveries that their sender gives up within six hours. */
export const rejectedExpiring = 'RejectedDeliveriesExpiring';

/**
 * Writes a count as a metric in CloudWatch's embedded metric format. Past `console`, because Lambda's JSON logs would
 * wrap it, and CloudWatch only reads a line that is the metric itself.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function writeCount(
  name: string,
  value: number,
  { stage, now }: { stage: string; now: number },
  write: (line: string) => void = (line) => void process.stdout.write(line),
): void {
  const metric = {
    Namespace: metricNamespace,
    Dimensions: [['Stage']],
    Metrics: [{ Name: name, Unit: 'Count' }],
  };
  write(
    `${JSON.stringify({ _aws: { Timestamp: now, CloudWatchMetrics: [metric] }, Stage: stage, [name]: value })}\n`,
  );
}
