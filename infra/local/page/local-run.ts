import type { RunningWorld } from '../../local-world.ts';
import type { AlarmReport } from '../cloudwatch/cloudwatch.ts';
import type { MetricName } from '../cloudwatch/metrics.ts';
import type { Trails } from './trails.ts';

/** What the page shows of the running stack, besides what the readers of the operator's commands find. */
export interface LocalRun {
  readonly stackName: string;
  readonly world: RunningWorld;
  readonly alarms: () => readonly AlarmReport[];
  /** Every metric that has had a value. */
  readonly metrics: () => readonly MetricName[];
  readonly trails: Trails;
}
