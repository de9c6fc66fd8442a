import type { AlarmStep, MetricName } from '../config/metrics.ts';

/**
 * Every field of a log line, so that a misspelt one does not compile: identifiers, states, counts, our own reasons, and
 * IGF's without what was sent. None is a payload value, a secret or a URL.
 */
export interface LogFields
  extends Partial<Record<Identifier | Text, string | undefined>>,
    Partial<Record<Count, number | undefined>> {}

/** Which message, order and return it is about. */
type Identifier = 'webhook' | 'eventId' | 'correlationId' | 'messageId' | 'orderId' | 'returnId';

type Text =
  /** A sentence: why a message was retried, parked or rejected, why a call was refused. */
  | 'reason'
  /** A sentence: why a return was decided about as it was, or why a run ended early. */
  | 'why'
  /** The class of the error that caused it, and the stack frame where it failed. */
  | ('cause' | 'at')
  /** The faults of a rejected body: paths and messages. */
  | 'faults'
  | ('state' | 'action' | 'rule' | 'attention' | 'tasks')
  /** How an attempt ended: `done`, `skipped` (there was nothing to do), `retry`, `busy` or `permanent-failure`. */
  | 'outcome'
  /** An operation of IGF, such as `POST /listings`. */
  | 'operation';

type Count =
  /** An HTTP status, and the size of a body. */
  | ('status' | 'bytes')
  | ('ms' | 'inSeconds')
  /** Which attempt at its message it is, and how long ago the message was put on the queue. */
  | ('attempt' | 'ageSeconds')
  /** Facts in a message, and how many of them changed the table. */
  | ('facts' | 'written')
  | ('count' | 'deliveries')
  /** Event types of IGF without a subscription, and with somebody else's. */
  | ('missing' | 'taken')
  /** Entries of the retailer's lists at IGF. */
  | ('countries' | 'banned')
  | ('reviewed' | 'repaired' | 'failed' | 'calls');

/** One object per line. Lambda's JSON log format adds time, level and request id, so no library is needed. */
export interface LogLine extends LogFields {
  /** What happened, as one word an operator can filter by. */
  step: string;
}

export const logInfo = (line: LogLine): void => console.info(line);
export const logWarning = (line: LogLine): void => console.warn(line);
export const logError = (line: LogLine): void => console.error(line);

/** Logs a step that raises an alarm, and counts it. */
export function logAlarm(step: AlarmStep, fields: LogFields): void {
  logError({ step, ...fields });
  measure(step, 1);
}

/** What a log may contain of an unexpected error: its class, never its message, which may quote a payload. */
export const errorClass = (error: unknown): string =>
  error instanceof Error ? error.name || error.constructor.name : typeof error;

/**
 * Writes a value in CloudWatch's embedded metric format, in a deployed function (which has `METRIC_NAMESPACE`). Past
 * `console`: CloudWatch only reads a line that is the metric itself, and Lambda's JSON logs would wrap it.
 * @see
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
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
