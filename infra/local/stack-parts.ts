import * as z from 'zod/mini';
import {
  EventSourceProperties,
  FunctionProperties,
  IntegrationProperties,
  QueueProperties,
  queueAttributes,
  RouteProperties,
  RuleProperties,
  rateSeconds,
  SecretProperties,
  TableProperties,
} from './resource-properties.ts';
import { resolveTemplate, type Scope, type Template } from './template.ts';

/** Everything of the stack that runs locally. */
export type StackParts = ReturnType<typeof readStackParts>;
export type QueuePart = StackParts['queues'][number];
export type TopicPart = StackParts['topics'][number];
export type TablePart = StackParts['tables'][number];
export type FunctionPart = StackParts['functions'][number];
export type EventSourcePart = StackParts['eventSources'][number];
export type RoutePart = StackParts['routes'][number];
export type SchedulePart = StackParts['schedules'][number];
export type SecretPart = StackParts['secrets'][number];

/** On AWS a mapping without a bound may grow to 1,250 pollers; a developer's machine needs far fewer threads. */
const unboundedConcurrency = 5;

/**
 * Reads the parts that run locally from a synthesized template.
 * @throws Error when the template uses something in a way that the local runtime does not know
 */
export function readStackParts(
  template: Template,
  scope: Scope,
  assetFolders: Readonly<Record<string, string>>,
) {
  const of = <Schema extends z.ZodMiniType>(type: string, schema: Schema) =>
    Object.entries(template.Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([logicalId, resource]) => ({
        logicalId,
        ref: scope.resources.get(logicalId)?.ref ?? '',
        arn: scope.resources.get(logicalId)?.attributes.Arn ?? '',
        properties: parse(schema, resolveTemplate(resource.Properties, scope), `${type} ${logicalId}`),
      }));

  const queues = of('AWS::SQS::Queue', QueueProperties).map(({ ref, arn, properties }) => ({
    name: new URL(ref).pathname.split('/').at(-1) ?? '',
    arn,
    url: ref,
    /** As `CreateQueue` takes them: text. */
    attributes: queueAttributes(properties),
    visibilityTimeoutSeconds: properties.VisibilityTimeout,
    deadLetterArn: properties.RedrivePolicy?.deadLetterTargetArn,
    maxReceiveCount: properties.RedrivePolicy?.maxReceiveCount,
  }));
  const tables = of('AWS::DynamoDB::Table', TableProperties).map(({ ref, properties }) => {
    const { TimeToLiveSpecification: timeToLive, ...schema } = properties;
    // The keys and indexes have one shape in the template and for `CreateTable`.
    return { name: ref, schema, timeToLiveAttribute: timeToLive?.AttributeName };
  });
  const functions = of('AWS::Lambda::Function', FunctionProperties).map(
    ({ logicalId, ref, arn, properties }) => ({
      name: ref,
      arn,
      handler: properties.Handler,
      /** Folder of its bundled code. */
      folder: required(assetFolders[properties.Code.S3Key], `the code of ${logicalId}`),
      environment: properties.Environment.Variables,
      timeoutSeconds: properties.Timeout,
      memoryMb: properties.MemorySize,
      logLevel: properties.LoggingConfig?.ApplicationLogLevel ?? 'INFO',
    }),
  );
  const findFunction = (nameOrArn: string) =>
    required(
      functions.find(
        ({ name, arn }) => nameOrArn === name || nameOrArn === arn || nameOrArn.includes(`/${arn}/`),
      ),
      `the function ${nameOrArn}`,
    );
  const integrations = of('AWS::ApiGatewayV2::Integration', IntegrationProperties);
  return {
    queues,
    /** Without their subscriptions, which are by mail. */
    topics: of('AWS::SNS::Topic', z.looseObject({})).map(({ ref }) => ({
      name: ref.split(':').at(-1) ?? '',
      arn: ref,
    })),
    tables,
    functions,
    eventSources: of('AWS::Lambda::EventSourceMapping', EventSourceProperties)
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
    routes: of('AWS::ApiGatewayV2::Route', RouteProperties).map(({ properties }) => {
      const integration = required(
        integrations.find(({ ref }) => properties.Target === `integrations/${ref}`),
        `the integration of ${properties.RouteKey}`,
      ).properties;
      return {
        /** As in the template, such as `POST /winkelstraat/stock-hub/v1/rma`. */
        routeKey: properties.RouteKey,
        functionName: findFunction(integration.IntegrationUri).name,
        timeoutMs: integration.TimeoutInMillis,
      };
    }),
    /** The functions that EventBridge starts at a fixed rate. */
    schedules: of('AWS::Events::Rule', RuleProperties).flatMap(({ logicalId, properties }) => {
      const { ScheduleExpression: rate, State: state, Targets: targets } = properties;
      if (rate === undefined || state === 'DISABLED') return [];
      const everySeconds = required(rateSeconds(rate), `a rate that is known here in ${logicalId} (${rate})`);
      return targets.map(({ Arn, Input = '{}' }) => ({
        function: findFunction(Arn),
        everySeconds,
        event: JSON.parse(Input) as unknown,
      }));
    }),
    /** `$default`, or the first segment of every path. */
    stageName: of('AWS::ApiGatewayV2::Stage', z.looseObject({}))[0]?.ref ?? '$default',
    secrets: of('AWS::SecretsManager::Secret', SecretProperties).map(({ logicalId, ref, properties }) => ({
      logicalId,
      arn: ref,
      name: ref.split(':secret:')[1]?.replace(/-local1$/, '') ?? logicalId,
      description: properties.Description,
    })),
  };
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`template: ${what} is not in it`);
  return value;
}

function parse<Schema extends z.ZodMiniType>(schema: Schema, value: unknown, what: string): z.infer<Schema> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`template: the local runtime can't run ${what} (${issues.join('; ')})`);
}
