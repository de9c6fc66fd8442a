import type * as z from 'zod/mini';
import { type AlarmProperties, type AlarmState, evaluateAlarm, isAboutSilence, windowMs } from './alarm.ts';
import { embeddedMetrics, filterPattern, type MetricFilterProperties } from './log-metrics.ts';
import { type MetricName, Metrics } from './metrics.ts';

/** An alarm as `GET /_local/alarms` shows it. */
export interface AlarmReport {
  readonly name: string;
  readonly state: AlarmState;
  /** When it took this state, ISO 8601 UTC. */
  readonly since: string;
  readonly reason: string;
  /** The description of the alarm: what it means, and what to do. */
  readonly text: string;
}

export interface LocalCloudWatchOptions {
  readonly alarms: readonly AlarmProperties[];
  readonly metricFilters?: readonly z.infer<typeof MetricFilterProperties>[];
  readonly onChange?: (alarm: AlarmReport, before: AlarmState) => void;
}

const minuteMs = 60_000;

/** CloudWatch of the local runtime: it stores metrics, and evaluates the alarms of the template once a minute. */
export class LocalCloudWatch {
  readonly metrics = new Metrics();
  readonly #alarms: { readonly properties: AlarmProperties; report: AlarmReport }[];
  readonly #filters: ReturnType<typeof metricFilter>[];
  readonly #onChange: NonNullable<LocalCloudWatchOptions['onChange']>;
  readonly #startedAt: number;
  /** The end of the last minute that was evaluated. */
  #evaluatedTo: number;

  /** @param now milliseconds since the epoch: alarms have no data before */
  constructor({ alarms, metricFilters = [], onChange = () => {} }: LocalCloudWatchOptions, now: number) {
    this.#startedAt = now;
    this.#evaluatedTo = Math.floor(now / minuteMs) * minuteMs;
    this.#onChange = onChange;
    this.#filters = metricFilters.map(metricFilter);
    this.#alarms = alarms.map((properties) => ({
      properties,
      report: {
        name: properties.AlarmName ?? '',
        state: 'INSUFFICIENT_DATA',
        since: new Date(now).toISOString(),
        reason: 'it was not evaluated yet',
        // A command to copy is about this machine, also when it plays a deployed stage.
        text: properties.AlarmDescription.replaceAll(/--stage [\w-]+/g, '--local'),
      },
    }));
  }

  /** Takes a line that a function logged, with the metrics in it. */
  takeLogLine(line: string, at: number): void {
    for (const { metric, value } of embeddedMetrics(line)) this.metrics.put(metric, value, at);
  }

  /** Takes a line of the log to which metric filters are bound: the API's access log. */
  takeAccessLine(line: unknown, at: number): void {
    for (const { matches, metrics } of this.#filters) {
      if (matches(line)) for (const metric of metrics) this.metrics.put(metric, 1, at);
    }
  }

  /** A minute has ended since the last evaluation. */
  isDue(now: number): boolean {
    return now >= this.#evaluatedTo + minuteMs;
  }

  /** Evaluates the alarms when a minute has ended. @param gauges values of each minute since the last time */
  evaluate(
    now: number,
    gauges: readonly { readonly metric: MetricName; readonly value: number }[] = [],
  ): void {
    const minute = Math.floor(now / minuteMs) * minuteMs;
    if (!this.isDue(now)) return;
    for (let at = this.#evaluatedTo; at < minute; at += minuteMs)
      for (const { metric, value } of gauges) this.metrics.put(metric, value, at);
    this.#evaluatedTo = minute;
    for (const alarm of this.#alarms) {
      // On AWS an alarm on silence rings once after the first deploy, because nothing has run before. Here it waits.
      if (isAboutSilence(alarm.properties) && minute - windowMs(alarm.properties) < this.#startedAt) continue;
      const { state: before } = alarm.report;
      const { state, reason } = evaluateAlarm(alarm.properties, this.metrics, minute, before);
      const since = state === before ? alarm.report.since : new Date(minute).toISOString();
      alarm.report = { ...alarm.report, state, since, reason };
      if (state !== before) this.#onChange(alarm.report, before);
    }
  }

  /** Every alarm, those that ring first. */
  report(): AlarmReport[] {
    const order: readonly AlarmState[] = ['ALARM', 'INSUFFICIENT_DATA', 'OK'];
    return this.#alarms
      .map(({ report }) => report)
      .sort((one, other) => order.indexOf(one.state) - order.indexOf(other.state));
  }
}

function metricFilter(properties: z.infer<typeof MetricFilterProperties>) {
  return {
    matches: filterPattern(properties.FilterPattern),
    metrics: properties.MetricTransformations.map(({ MetricNamespace, MetricName: name }) => ({
      namespace: MetricNamespace,
      name,
    })),
  };
}
