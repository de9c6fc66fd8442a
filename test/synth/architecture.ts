import { at, list, type Resource, type SynthesizedTemplate } from './template.ts';

/** The function that a route leads to, such as `POST /winkelstraat/stock-hub/v1/rma`. */
export function functionOf(template: SynthesizedTemplate, routeKey: string): Resource {
  const route = template.one(
    'AWS::ApiGatewayV2::Route',
    ({ properties }) => properties.RouteKey === routeKey,
  );
  const integration = template.referred(String(route.properties.Target).replace('integrations/', ''));
  return template.referred(integration.properties.IntegrationUri);
}

export const routeKeys = (template: SynthesizedTemplate): unknown[] =>
  template.all('AWS::ApiGatewayV2::Route').map(({ properties }) => properties.RouteKey);

/** A sender's queue, its DLQ and its worker, as the event source mapping connects them. */
export function queueAndWorker(template: SynthesizedTemplate, sender: string) {
  const eventSource = template.one('AWS::Lambda::EventSourceMapping', ({ id }) =>
    id.toLowerCase().startsWith(sender),
  );
  const queue = template.referred(eventSource.properties.EventSourceArn);
  const deadLetters = template.referred(at(queue.properties, 'RedrivePolicy', 'deadLetterTargetArn'));
  return { eventSource, queue, deadLetters, worker: template.referred(eventSource.properties.FunctionName) };
}

/** The secret that an output names. */
export const secretOf = (template: SynthesizedTemplate, output: string): Resource =>
  template.referred(template.outputs[output]);

/** The sources of our own that a function runs, as paths from the top of the repository. */
export const sourcesOf = (template: SynthesizedTemplate, fn: Resource): readonly string[] =>
  (template.assets.get(String(at(fn.properties, 'Code', 'S3Key')).replace('.zip', '')) ?? []).filter(
    (source) => !source.startsWith('node_modules/'),
  );

/** The environment variables of a function. */
/** Without the namespace of its metrics, which every function gets. */
export function environmentOf(fn: Resource): Record<string, unknown> {
  const { METRIC_NAMESPACE: _, ...environment } = Object(at(fn.properties, 'Environment', 'Variables'));
  return environment;
}

export const logGroupOf = (template: SynthesizedTemplate, fn: Resource): Resource =>
  template.referred(at(fn.properties, 'LoggingConfig', 'LogGroup'));

/** The permissions that every function has: to write its log and its traces. */
export const logAndTracePermissions = (template: SynthesizedTemplate, fn: Resource): string[] => [
  `logs:CreateLogStream <${logGroupOf(template, fn).id}.Arn>`,
  `logs:PutLogEvents <${logGroupOf(template, fn).id}.Arn>`,
  'xray:PutTelemetryRecords *',
  'xray:PutTraceSegments *',
];

/** All permissions of a function, sorted. Each is an action on a resource, such as `sqs:SendMessage <Queue.Arn>`. */
export function permissionsOf(template: SynthesizedTemplate, fn: Resource): string[] {
  const role = template.referred(fn.properties.Role);
  return template
    .all('AWS::IAM::Policy')
    .filter(({ properties }) => list(properties.Roles).includes(`<${role.id}>`))
    .flatMap(statementsOf)
    .flatMap(({ actions, resources }) =>
      actions.flatMap((action) => resources.map((on) => `${action} ${on}`)),
    )
    .sort();
}

/** The statements of a policy resource. */
export function statementsOf({ properties }: Resource) {
  return list(at(properties, 'PolicyDocument', 'Statement')).map((statement) => ({
    effect: at(statement, 'Effect'),
    actions: list(at(statement, 'Action')).map(String),
    resources: list(at(statement, 'Resource')).map(String),
    condition: at(statement, 'Condition'),
  }));
}
