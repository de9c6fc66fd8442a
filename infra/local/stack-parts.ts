import * as z from 'zod/mini';
import { AlarmProperties } from './cloudwatch/alarm.ts';
import { MetricFilterProperties } from './cloudwatch/log-metrics.ts';
import type { Addresses } from './endpoints.ts';
import { stackResources } from './resources.ts';
import type { Assembly } from './synth.ts';

/** Everything of the stack that runs locally. */
export type StackParts = ReturnType<typeof readStackParts>;
export type QueuePart = StackParts['queues'][number];
export type TablePart = StackParts['tables'][number];
export type FunctionPart = StackParts['functions'][number];
export type EventSourcePart = StackParts['eventSources'][number];
export type RoutePart = StackParts['routes'][number];
export type SchedulePart = StackParts['schedules'][number];
export type SecretPart = StackParts['secrets'][number];

/** On AWS a mapping without a bound may grow to 1,250 pollers; a developer's machine needs far fewer threads. */
const unboundedConcurrency = 5;

/**
 * Reads the parts that run locally from a synthesized stack, with CloudFormation's defaults.
 * @throws Error when the template uses something in a way that the local runtime does not know
 */
export function readStackParts(assembly: Assembly, addresses: Addresses) {
  const resources = stackResources(assembly, addresses);
  const queues = resources('AWS::SQS::Queue', {
    VisibilityTimeout: z._default(z.number(), 30),
    RedrivePolicy: z.optional(z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() })),
  }).map(({ name, arn, ref, properties }) => ({
    name,
    arn,
    url: ref,
    attributes: queueAttributes(properties),
    visibilityTimeoutSeconds: properties.VisibilityTimeout,
    deadLetterArn: properties.RedrivePolicy?.deadLetterTargetArn,
    maxReceiveCount: properties.RedrivePolicy?.maxReceiveCount,
  }));

  const functions = resources('AWS::Lambda::Function', {
    Code: z.object({ S3Key: z.string() }),
    Handler: z.string(),
    Environment: z._default(z.object({ Variables: z.record(z.string(), z.coerce.string()) }), {
      Variables: {},
    }),
    Timeout: z._default(z.number(), 3),
    MemorySize: z._default(z.number(), 128),
    LoggingConfig: z.optional(z.object({ ApplicationLogLevel: z.optional(z.string()) })),
  }).map(({ logicalId, name, arn, properties }) => ({
    name,
    arn,
    handler: properties.Handler,
    folder: required(assembly.assetFolders[properties.Code.S3Key], `the code of ${logicalId}`),
    environment: properties.Environment.Variables,
    timeoutSeconds: properties.Timeout,
    memoryMb: properties.MemorySize,
    logLevel: properties.LoggingConfig?.ApplicationLogLevel ?? 'INFO',
  }));
  /** API Gateway has a function's ARN within a longer one. */
  const findFunction = (id: string) =>
    required(
      functions.find(({ name, arn }) => id === name || id === arn || id.includes(`/${arn}/`)),
      `the function ${id}`,
    );

  const integrations = resources('AWS::ApiGatewayV2::Integration', {
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: z.string(),
    PayloadFormatVersion: z.literal('2.0'),
    TimeoutInMillis: z._default(z.number(), 30_000),
  });

  const [stage] = resources('AWS::ApiGatewayV2::Stage', {
    AccessLogSettings: z.optional(z.object({ DestinationArn: z.string(), Format: z.string() })),
  });

  return {
    queues,
    functions,
    /** Without their subscriptions, which are by mail. */
    topics: resources('AWS::SNS::Topic', {}).map(({ name, arn }) => ({ name, arn })),
    tables: resources('AWS::DynamoDB::Table', {
      TimeToLiveSpecification: z.optional(z.object({ AttributeName: z.optional(z.string()) })),
    }).map(({ name, properties }) => ({
      name,
      schema: tableSchema(properties),
      timeToLiveAttribute: properties.TimeToLiveSpecification?.AttributeName,
    })),
    eventSources: resources('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: z.string(),
      FunctionName: z.string(),
      Enabled: z._default(z.boolean(), true),
      BatchSize: z._default(z.number(), 10),
      FunctionResponseTypes: z._default(z.array(z.string()), []),
      ScalingConfig: z.optional(z.object({ MaximumConcurrency: z.optional(z.number()) })),
    })
      .filter(({ properties }) => properties.Enabled)
      .map(({ properties }) => ({
        function: findFunction(properties.FunctionName),
        queue: required(
          queues.find(({ arn }) => arn === properties.EventSourceArn),
          `the queue ${properties.EventSourceArn}`,
        ),
        batchSize: properties.BatchSize,
        maxConcurrency: properties.ScalingConfig?.MaximumConcurrency ?? unboundedConcurrency,
        reportsBatchItemFailures: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      })),
    routes: resources('AWS::ApiGatewayV2::Route', { RouteKey: z.string(), Target: z.string() }).map(
      ({ properties: { RouteKey: routeKey, Target: target } }) => {
        const integration = integrations.find(({ ref }) => target === `integrations/${ref}`);
        const { properties } = required(integration, `the integration of ${routeKey}`);
        return {
          /** As in the template, such as `POST /winkelstraat/stock-hub/v1/rma`. */
          routeKey,
          functionName: findFunction(properties.IntegrationUri).name,
          timeoutMs: properties.TimeoutInMillis,
        };
      },
    ),
    apiId: resources('AWS::ApiGatewayV2::Api', {})[0]?.name ?? '',
    /** The log of the API's answers: its group, and the form of its lines. */
    accessLog: stage?.properties.AccessLogSettings,
    /** The functions that EventBridge starts at a fixed rate. */
    schedules: resources('AWS::Events::Rule', {
      ScheduleExpression: z.optional(z.string()),
      State: z._default(z.string(), 'ENABLED'),
      Targets: z._default(z.array(z.object({ Arn: z.string(), Input: z._default(z.string(), '{}') })), []),
    }).flatMap(({ logicalId, properties: { ScheduleExpression: rate, State: state, Targets: targets } }) => {
      if (rate === undefined || state === 'DISABLED') return [];
      const everySeconds = required(rateSeconds(rate), `a rate that is known here in ${logicalId} (${rate})`);
      return targets.map(({ Arn, Input }) => ({
        function: findFunction(Arn),
        everySeconds,
        event: JSON.parse(Input) as unknown,
      }));
    }),
    alarms: resources('AWS::CloudWatch::Alarm', AlarmProperties.shape).map(({ name, properties }) => ({
      ...properties,
      AlarmName: name,
    })),
    metricFilters: resources('AWS::Logs::MetricFilter', MetricFilterProperties.shape).map(
      ({ properties }) => properties,
    ),
    secrets: resources('AWS::SecretsManager::Secret', {}).map(({ logicalId, name, arn }) => ({
      logicalId,
      name,
      arn,
    })),
  };
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`template: ${what} is not in it`);
  return value;
}

/** A queue's attributes as `CreateQueue` takes them: text. The name and the tags are no attributes. */
function queueAttributes({ QueueName, Tags, ...attributes }: Record<string, unknown>) {
  const texts = Object.entries(attributes).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);
  return Object.fromEntries(texts) as Record<string, string>;
}

/** The keys and indexes have one shape in the template and for `CreateTable`. */
const tableSchema = (properties: Record<string, unknown>): Record<string, unknown> => ({
  AttributeDefinitions: properties.AttributeDefinitions,
  KeySchema: properties.KeySchema,
  GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes,
  LocalSecondaryIndexes: properties.LocalSecondaryIndexes,
});

const unitSeconds: Record<string, number> = { minute: 60, hour: 3600, day: 86_400 };

/** The seconds of `rate(1 hour)` or `rate(10 minutes)`; undefined for a cron expression, which no rule of the stack has. */
function rateSeconds(expression: string): number | undefined {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const seconds = unitSeconds[unit];
  return seconds === undefined ? undefined : Number(count) * seconds;
}
