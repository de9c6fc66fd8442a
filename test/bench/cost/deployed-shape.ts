import * as z from 'zod/mini';
import { AlarmProperties } from '../../../infra/local/cloudwatch/alarm.ts';
import type { Addresses } from '../../../infra/local/endpoints.ts';
import { stackResources } from '../../../infra/local/resources.ts';
import type { Assembly } from '../../../infra/local/synth.ts';

/** What of the template decides what is billed. */
export type DeployedShape = ReturnType<typeof shapeOf>;

const nowhere: Addresses = {
  region: 'eu-west-1',
  api: '',
  sqs: '',
  dynamodb: '',
  secretsManager: '',
  igf: '',
};

const FunctionProperties = {
  TracingConfig: z.optional(z.object({ Mode: z.string() })),
  LoggingConfig: z.optional(z.object({ SystemLogLevel: z.optional(z.string()) })),
};

/** Reads it from a synthesized stage. */
export function shapeOf(assembly: Assembly) {
  const resources = stackResources(assembly, nowhere);
  const mappings = resources('AWS::Lambda::EventSourceMapping', { FunctionName: z.string() });
  const rules = resources('AWS::Events::Rule', {
    ScheduleExpression: z.string(),
    Targets: z.array(z.object({ Arn: z.string() })),
  });
  const functions = resources('AWS::Lambda::Function', FunctionProperties);
  const worked = (name: string, arn: string): boolean =>
    mappings.some(({ properties: { FunctionName } }) => FunctionName === name || FunctionName === arn);
  const scheduled = (arn: string): boolean =>
    rules.some(({ properties }) => properties.Targets.some(({ Arn }) => Arn === arn));
  const [ingest] = functions.filter(({ name, arn }) => !worked(name, arn) && !scheduled(arn));
  const [worker] = functions.filter(({ name, arn }) => worked(name, arn));
  const billed = (of: typeof ingest) => ({
    isTraced: of?.properties.TracingConfig?.Mode === 'Active',
    /** Whether Lambda logs the start and the end of each run. */
    logsRuns: (of?.properties.LoggingConfig?.SystemLogLevel ?? 'INFO') !== 'WARN',
  });
  const [stage] = resources('AWS::ApiGatewayV2::Stage', {
    AccessLogSettings: z.object({ Format: z.string() }),
  });
  return {
    ingest: billed(ingest),
    worker: billed(worker),
    accessLogFormat: stage?.properties.AccessLogSettings.Format ?? '',
    queuesPolled: mappings.length,
    secrets: resources('AWS::SecretsManager::Secret', {}).length,
    /** The metrics that alarms read: each is billed for each alarm. */
    alarmMetrics: resources('AWS::CloudWatch::Alarm', AlarmProperties.shape)
      .map(({ properties }) => Math.max(1, properties.Metrics.filter(({ MetricStat }) => MetricStat).length))
      .reduce((sum, count) => sum + count, 0),
    dashboards: resources('AWS::CloudWatch::Dashboard', { DashboardBody: z.string() }).map(({ properties }) =>
      metricsOfDashboard(JSON.parse(properties.DashboardBody)),
    ),
    /** How often each schedule starts its function in an hour. */
    runsAnHour: rules.map(({ name, properties: { ScheduleExpression: rate } }) => ({
      name,
      runs: runsAnHour(rate),
    })),
  };
}

const Widgets = z.object({
  widgets: z.array(
    z.object({ properties: z.object({ metrics: z._default(z.array(z.array(z.unknown())), []) }) }),
  ),
});

/** How many metrics a dashboard shows. An expression reads metrics that stand beside it. */
const metricsOfDashboard = (body: unknown): number =>
  z
    .parse(Widgets, body)
    .widgets.flatMap(({ properties }) => properties.metrics)
    .filter(([namespace]) => typeof namespace === 'string').length;

const minutes = { minute: 1, minutes: 1, hour: 60, hours: 60 } as const;

function runsAnHour(rate: string): number {
  const [, count, unit] = /^rate\((\d+) (minutes?|hours?)\)$/.exec(rate) ?? [];
  return 60 / (Number(count) * minutes[unit as keyof typeof minutes]);
}
