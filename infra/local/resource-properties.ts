import * as z from 'zod/mini';

/** The properties of each resource type that the local runtime reads, with CloudFormation's defaults. */

export const wholeNumber = z.union([z.number(), z.pipe(z.string(), z.transform(Number))]);

export const QueueProperties = z.looseObject({
  VisibilityTimeout: z._default(wholeNumber, 30),
  RedrivePolicy: z.optional(z.looseObject({ deadLetterTargetArn: z.string(), maxReceiveCount: wholeNumber })),
});
export const TableProperties = z.object({
  AttributeDefinitions: z.unknown(),
  KeySchema: z.unknown(),
  GlobalSecondaryIndexes: z.optional(z.unknown()),
  LocalSecondaryIndexes: z.optional(z.unknown()),
  TimeToLiveSpecification: z.optional(z.looseObject({ AttributeName: z.optional(z.string()) })),
});
export const FunctionProperties = z.looseObject({
  Code: z.looseObject({ S3Key: z.string() }),
  Handler: z.string(),
  Environment: z._default(z.looseObject({ Variables: z.record(z.string(), z.coerce.string()) }), {
    Variables: {},
  }),
  Timeout: z._default(wholeNumber, 3),
  MemorySize: z._default(wholeNumber, 128),
  LoggingConfig: z.optional(z.looseObject({ ApplicationLogLevel: z.optional(z.string()) })),
});
export const EventSourceProperties = z.looseObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z._default(z.boolean(), true),
  BatchSize: z._default(wholeNumber, 10),
  FunctionResponseTypes: z._default(z.array(z.string()), []),
  ScalingConfig: z.optional(z.looseObject({ MaximumConcurrency: z.optional(wholeNumber) })),
});
export const RouteProperties = z.looseObject({ RouteKey: z.string(), Target: z.string() });
export const IntegrationProperties = z.looseObject({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z._default(wholeNumber, 30_000),
});
export const SecretProperties = z.looseObject({ Description: z._default(z.string(), '') });
export const RuleProperties = z.looseObject({
  ScheduleExpression: z.optional(z.string()),
  State: z._default(z.string(), 'ENABLED'),
  Targets: z._default(z.array(z.looseObject({ Arn: z.string(), Input: z.optional(z.string()) })), []),
});

const unitSeconds: Record<string, number> = { minute: 60, hour: 3600, day: 86_400 };

/** The seconds of `rate(1 hour)` or `rate(10 minutes)`; undefined for a cron expression, which no rule of the stack has. */
export function rateSeconds(expression: string): number | undefined {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const seconds = unitSeconds[unit];
  return seconds === undefined ? undefined : Number(count) * seconds;
}

/** The attributes that `CreateQueue` knows; the template also has properties of its own, such as tags. */
const queueAttributeNames = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
  'VisibilityTimeout',
];

/** A queue's attributes as `CreateQueue` takes them: text. */
export function queueAttributes(properties: Record<string, unknown>): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const name of queueAttributeNames) {
    const value = properties[name];
    if (value !== undefined)
      attributes[name] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  return attributes;
}
