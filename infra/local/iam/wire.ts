import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type ArnOf, arnsIn } from '../../local-services.ts';
import type { Access } from './policy.ts';

type Input = Readonly<Record<string, unknown>>;

/** A call to an AWS service as it is on the wire. */
export interface AwsCall {
  /** As the signature names it, such as `sqs`. */
  readonly service: string;
  readonly region: string;
  /** Such as `SendMessage`. */
  readonly operation: string;
  readonly input: Input;
}

/** The access key, the region and the service of a signed request; empty without a signature. */
export function signatureOf({ authorization = '' }: IncomingHttpHeaders) {
  const found = /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(authorization);
  const [, accessKey = '', region = '', service = ''] = found ?? [];
  // CloudWatch's signature has another name than its permissions.
  return { accessKey, region, service: service === 'monitoring' ? 'cloudwatch' : service };
}

/**
 * The operation is named in a header in AWS's JSON protocols, and by the field `Action` of a form in the query protocol.
 * An unreadable body has no input, so the call is about nothing that a policy names.
 */
export function readCall(
  { service, region }: Pick<AwsCall, 'service' | 'region'>,
  headers: IncomingHttpHeaders,
  body: string,
): AwsCall {
  const target = headers['x-amz-target'];
  const input = target ? readJson(() => body) : Object.fromEntries(new URLSearchParams(body));
  return { service, region, operation: String(target ?? input.Action).replace(/^.*\./, ''), input };
}

function readJson(text: () => string): Input {
  try {
    return Object(JSON.parse(text()));
  } catch {
    return {};
  }
}

type ResourceOf = (input: Input, arnOf: ArnOf) => unknown;

/** What a call is about, by service. */
const resources: Readonly<Record<string, ResourceOf>> = {
  dynamodb: ({ TableName: table, IndexName: index }, arnOf) =>
    table && arnOf('dynamodb', `table/${table}${index ? `/index/${index}` : ''}`),
  sqs: ({ QueueUrl: url, SourceArn: source, TaskHandle: task }, arnOf) =>
    (url && arnOf('sqs', String(url).replace(/^.*\//, ''))) ||
    (source ?? readJson(() => atob(String(task))).sourceArn),
  sns: ({ TopicArn: topic }) => topic,
  secretsmanager: ({ SecretId: id }) => id,
  cloudwatch: ({ AlarmNames: names }, arnOf) => arnOf('cloudwatch', `alarm:${Object(names)[0] ?? '*'}`),
  logs: ({ logGroupName: name = '*' }, arnOf) => arnOf('logs', `log-group:${name}`),
  cloudformation: ({ StackName: name }, arnOf) => arnOf('cloudformation', `stack/${name}/local`),
};

/**
 * What a call needs, first of all the permission of its own name. A batch needs that of a single call, and the start of a
 * move task needs those for what SQS then does for the caller.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export function accessesOf({ service, region, operation, input }: AwsCall): [Access, ...Access[]] {
  const arnOf = arnsIn(region);
  const access = (name: string, of = input): Access => ({
    action: `${service}:${service === 'sqs' ? name.replace(/Batch$/, '') : name}`,
    resource: String(resources[service]?.(of, arnOf) ?? '*'),
    leadingKeys: leadingKey(input),
  });
  if (operation !== 'StartMessageMoveTask') return [access(operation)];
  return [
    access(operation),
    ...['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((name) => access(name)),
    access('SendMessage', { SourceArn: input.DestinationArn }),
  ];
}

/** The partition key of a single item. That of a query is not read, as no policy here depends on it. */
function leadingKey({ Key, Item }: Input): string[] | undefined {
  const value = Object(Key ?? Item).pk?.S;
  return value === undefined ? undefined : [String(value)];
}

export interface Denial {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer to a caller who may not, in the words of the service. */
export function denial(
  call: AwsCall,
  user: string,
  { action, resource }: Access,
  isExplicit: boolean,
): Denial {
  // SQS writes its actions in small letters, and SNS its own name in capitals.
  const said = action.replace(/^sqs:.*/, (name) => name.toLowerCase()).replace(/^sns/, 'SNS');
  const why = isExplicit
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${said} action`;
  const message = `User: ${user} is not authorized to perform: ${said} on resource: ${resource} ${why}`;
  const code = { sqs: 'AccessDenied', sns: 'AuthorizationError' }[call.service] ?? 'AccessDeniedException';
  return refusal(call, code, message);
}

/** The answer to a caller whose key nobody has. */
export const unknownKey = (call: AwsCall): Denial =>
  refusal(
    call,
    isQuery(call) ? 'InvalidClientTokenId' : 'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  );

/** Services that spoke AWS's query protocol first. They refuse with 403, the others with 400. */
const isQuery = ({ service }: AwsCall): boolean => ['sqs', 'sns', 'cloudformation'].includes(service);

function refusal(call: AwsCall, code: string, message: string): Denial {
  const status = isQuery(call) ? 403 : 400;
  if (call.input.Action !== undefined) {
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
    const body = `<ErrorResponse>${error}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
    return { status, headers: { 'content-type': 'text/xml' }, body };
  }
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-query-error': `${code};Sender` },
    body: JSON.stringify({ __type: `com.amazon.coral.service#${code}`, Message: message, message }),
  };
}
