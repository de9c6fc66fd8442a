/**
 * The metrics that functions write, for alarms and dashboard too. CloudWatch bills each name, and the stage is their
 * only dimension (the namespace): what is split further is a query over the logs.
 */

/** Log steps that raise an alarm, logged as errors and counted by name. A problem of one return is a notice instead. */
export const alarmSteps = [
  /** A caller showed a key that is not the sender's. A caller without any key is not counted. */
  'wrong-key',
  /** A webhook with the right key was posted to a path that has no webhook. */
  'unknown-route',
  /** A webhook is too large to be kept. The API counts here what it refuses by itself. */
  'not-kept',
  /** A secret has no value, or can't be read. */
  'secret-unreadable',
  /** IGF answered 401 or 403 to our key. */
  'igf-key-refused',
  /** IGF answered 404 or 405 on a path that is only inferred. */
  'path-in-doubt',
  /** An event type of IGF is not subscribed, or somebody else gets it. */
  'subscription-lost',
  /** A notice could not be published. */
  'not-notified',
] as const;
export type AlarmStep = (typeof alarmSteps)[number];

/** Values that functions measure. Seconds where the name ends so, otherwise counts. */
export const measurements = [
  /** Webhooks of Winkelstraat that were answered 202. */
  'webhooks-accepted',
  /** From the time that a webhook came in until its message was done. */
  'done-seconds',
  /** The age of a message that is retried because IGF can't be reached. */
  'igf-down-seconds',
  /** The age of a message that is retried for any other reason. */
  'retried-seconds',
  /** Rejected webhooks whose sender stops retrying within six hours. Written while there are some. */
  'rejected-expiring',
  /** The time since the oldest message was parked that still is. Written while there is one. */
  'parked-oldest-seconds',
] as const;
export type MetricName = AlarmStep | (typeof measurements)[number];
