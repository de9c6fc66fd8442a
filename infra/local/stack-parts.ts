import * as z from 'zod/mini';
import {
  type Definition,
  EventSourceProperties,
  FunctionProperties,
  type Index,
  IntegrationProperties,
  QueueProperties,
  queueAttributes,
  RouteProperties,
  RuleProperties,
  rateSeconds,
  SecretProperties,
  TableProperties,
} from './resource-properties.ts';
import { resolve, type Scope, type Template } from './template.ts';

/** A queue as the template declares it. */
export interface QueuePart {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  /** As `CreateQueue` takes them: text. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly visibilityTimeoutSeconds: number;
  readonly deadLetterArn: string | undefined;
  readonly maxReceiveCount: number | undefined;
}

/** A topic as the template declares it. Subscriptions by mail are left out. */
export interface TopicPart {
  readonly name: string;
  readonly arn: string;
}

export interface TablePart {
  readonly name: string;
  readonly attributeDefinitions: readonly Definition[];
  readonly keySchema: readonly Definition[];
  readonly globalIndexes: readonly Index[];
  readonly localIndexes: readonly Index[];
  readonly timeToLiveAttribute: string | undefined;
}

export interface FunctionPart {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly handler: string;
  /** Folder of its bundled code. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly logLevel: string;
}

export interface EventSourcePart {
  readonly function: FunctionPart;
  readonly queue: QueuePart;
  readonly batchSize: number;
  readonly maxConcurrency: number;
  readonly reportsBatchItemFailures: boolean;
}

export interface RoutePart {
  /** As in the template, such as `POST /winkelstraat/stock-hub/v1/rma`. */
  readonly routeKey: string;
  readonly functionName: string;
  readonly timeoutMs: number;
}

/** A function that EventBridge starts at a fixed rate. */
export interface SchedulePart {
  readonly function: FunctionPart;
  readonly everySeconds: number;
  readonly event: unknown;
}

export interface SecretPart {
  readonly logicalId: string;
  readonly arn: string;
  readonly name: string;
  readonly description: string;
}

/** Everything of the stack that runs locally. */
export interface StackParts {
  readonly queues: readonly QueuePart[];
  readonly topics: readonly TopicPart[];
  readonly tables: readonly TablePart[];
  readonly functions: readonly FunctionPart[];
  readonly eventSources: readonly EventSourcePart[];
  readonly routes: readonly RoutePart[];
  readonly schedules: readonly SchedulePart[];
  /** `$default`, or the first segment of every path. */
  readonly stageName: string;
  readonly secrets: readonly SecretPart[];
}

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
): StackParts {
  const of = <Schema extends z.ZodMiniType>(type: string, schema: Schema) =>
    Object.entries(template.Resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([logicalId, resource]) => ({
        logicalId,
        ref: scope.resources.get(logicalId)?.ref ?? '',
        arn: scope.resources.get(logicalId)?.attributes.Arn ?? '',
        properties: parse(schema, resolve(resource.Properties, scope), `${type} ${logicalId}`),
      }));

  const queues = of('AWS::SQS::Queue', QueueProperties).map(({ ref, arn, properties }) => ({
    name: new URL(ref).pathname.split('/').at(-1) ?? '',
    arn,
    url: ref,
    attributes: queueAttributes(properties),
    visibilityTimeoutSeconds: properties.VisibilityTimeout,
    deadLetterArn: properties.RedrivePolicy?.deadLetterTargetArn,
    maxReceiveCount: properties.RedrivePolicy?.maxReceiveCount,
  }));
  const tables = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'].flatMap((type) =>
    of(type, TableProperties).map(({ ref, properties }) => ({
      name: ref,
      attributeDefinitions: properties.AttributeDefinitions,
      keySchema: properties.KeySchema,
      globalIndexes: properties.GlobalSecondaryIndexes,
      localIndexes: properties.LocalSecondaryIndexes,
      timeToLiveAttribute: properties.TimeToLiveSpecification?.AttributeName,
    })),
  );
  const functions = of('AWS::Lambda::Function', FunctionProperties).map(
    ({ logicalId, ref, arn, properties }) => ({
      logicalId,
      name: ref,
      arn,
      handler: properties.Handler,
      folder: required(assetFolders[properties.Code.S3Key], `the code of ${logicalId}`),
      environment: properties.Environment.Variables,
      timeoutSeconds: properties.Timeout,
      memoryMb: properties.MemorySize,
      logLevel: properties.LoggingConfig?.ApplicationLogLevel ?? 'INFO',
    }),
  );
  const findFunction = (nameOrArn: string): FunctionPart =>
    required(
      functions.find(
        ({ name, arn }) => nameOrArn === name || nameOrArn === arn || nameOrArn.includes(`/${arn}/`),
      ),
      `the function ${nameOrArn}`,
    );
  const integrations = of('AWS::ApiGatewayV2::Integration', IntegrationProperties);
  return {
    queues,
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
        routeKey: properties.RouteKey,
        functionName: findFunction(integration.IntegrationUri).name,
        timeoutMs: integration.TimeoutInMillis,
      };
    }),
    schedules: of('AWS::Events::Rule', RuleProperties).flatMap(({ logicalId, properties }) => {
      const { ScheduleExpression: rate, State: state, Targets: targets } = properties;
      if (rate === undefined || state === 'DISABLED') return [];
      const everySeconds = required(rateSeconds(rate), `a rate that is known here in ${logicalId} (${rate})`);
      return targets.map(({ Arn, Input = '{}' }) => ({
        function: findFunction(Arn),
        everySeconds,
        event: JSON.parse(Input),
      }));
    }),
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
