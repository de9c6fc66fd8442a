import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { MetricName } from '../../../lib/config/metrics.ts';
import { npxBridge } from '../../../lib/returns/npx-bridge.ts';
import { type Stage, stackNameOf } from '../../settings/stage.ts';
import type { WatchedParts } from '../saved-queries.ts';
import { bridgeMetric } from './alarm.ts';

/** What the alarms of a stage watch, and the commands that their texts name. */
export type Watched = ReturnType<typeof watchedParts>;

export const watchedParts = (scope: Construct, { name, settings }: Stage, parts: WatchedParts) => ({
  ...parts,
  settings,
  metric: (metricName: MetricName, statistic: 'Sum' | 'Maximum', period: Duration): Metric =>
    bridgeMetric(scope, metricName, statistic, period),
  bridge: (...words: readonly string[]): string => npxBridge(name, ...words),
  /** Prints the lines of a function's log. @param bundle its name, such as `winkelstraat/worker` */
  logs: (bundle: string): string => `aws logs tail /aws/lambda/${stackNameOf(name)}/${bundle} --since 1h`,
  accessLog: (since: string): string =>
    `aws logs tail /aws/vendedlogs/${stackNameOf(name)}/access --since ${since}`,
  /** Stores the value of a secret, which it reads from standard input. @param secret as in `secrets.ts` */
  store: (secret: string): string =>
    `aws secretsmanager put-secret-value --secret-id ${stackNameOf(name)}/${secret} --secret-string file:///dev/stdin`,
  deploy: `npx cdk deploy -c stage=${name}`,
});
