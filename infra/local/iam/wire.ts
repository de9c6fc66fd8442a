import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { account, region } from '../../local-services.ts';
import type { Access } from './policy.ts';

type Input = Readonly<Record<string, unknown>>;

/** A call to an AWS service as it is on the wire. */
export interface AwsCall {
  /** As the signature names it, such as `sqs`. */
  readonly service: string;
  /** Such as `SendMessage`. */
  readonly operation: string;
  readonly input: Input;
}

const arnOf = (service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

/** The access key and the service of a signed request; empty without a signature. */
export function signatureOf({ authorization = '' }: IncomingHttpHeaders) {
  const found = /Credential=([^/]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(authorization);
  const [, accessKey = '', service = ''] = found ?? [];
  return { accessKey, service };
}

/**
 * The operation is named in a header in AWS's JSON protocols, and by the field `Action` of a form in the query protocol.
 * An unreadable body has no input, so the call is about nothing that a policy names.
 */
export function readCall(service: string, headers: IncomingHttpHeaders, body: string): AwsCall {
  const target = headers['x-amz-target'];
  const input = target ? readJson(() => body) : Object.fromEntries(new URLSearchParams(body));
  return { service, operation: String(target ?? input.Action).replace(/^.*\./, ''), input };
}

function readJson(text: () => string): Input {
  try {
    return Object(JSON.parse(text()));
  } catch {
    return {};
  }
}

/** What a service's calls are about, and how it denies them. */
interface Service {
  readonly resource: (input: Input) => string;
  readonly status: number;
  readonly denied: string;
  /** The name of the action in the text of a denial, where it is not the action itself. */
  readonly says?: (operation: string) => string;
}

const services: Readonly<Record<string, Service>> = {
  dynamodb: {
    resource: ({ TableName: table, IndexName: index }) =>
      table ? arnOf('dynamodb', `table/${table}${index ? `/index/${index}` : ''}`) : '*',
    status: 400,
    denied: 'AccessDeniedException',
  },
  sqs: {
    resource: ({ QueueUrl: url, SourceArn: source, TaskHandle: task }) => {
      if (url) return arnOf('sqs', String(url).replace(/^.*\//, ''));
      return String(source ?? (task ? readJson(() => atob(String(task))).sourceArn : '*'));
    },
    status: 403,
    denied: 'AccessDenied',
    says: (operation) => `sqs:${operation.toLowerCase()}`,
  },
  sns: {
    resource: ({ TopicArn: topic }) => String(topic ?? '*'),
    status: 403,
    denied: 'AuthorizationError',
    says: (operation) => `SNS:${operation}`,
  },
  secretsmanager: {
    resource: ({ SecretId: id }) => String(id ?? '*'),
    status: 400,
    denied: 'AccessDeniedException',
  },
  cloudformation: {
    resource: ({ StackName: name }) => arnOf('cloudformation', `stack/${name}/local`),
    status: 403,
    denied: 'AccessDenied',
  },
};
const otherService: Service = { resource: () => '*', status: 400, denied: 'AccessDeniedException' };

/**
 * What a call needs, first of all the permission of its own name. A batch needs that of a single call, and the start of a
 * move task needs those for what SQS then does for the caller.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
 */
export function accessesOf({ service, operation, input }: AwsCall): [Access, ...Access[]] {
  const { resource } = services[service] ?? otherService;
  const access = (name: string, of = input): Access => ({
    action: `${service}:${service === 'sqs' ? name.replace(/Batch$/, '') : name}`,
    resource: resource(of),
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

/** The answer to a caller who may not, in the words and the form of the service. */
export function denial(call: AwsCall, user: string, resource: string, isExplicit: boolean): Denial {
  const { denied, says } = services[call.service] ?? otherService;
  const action = says?.(call.operation) ?? `${call.service}:${call.operation}`;
  const why = isExplicit
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`;
  return refusal(
    call,
    denied,
    `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
  );
}

/** The answer to a caller whose key nobody has. */
export function unknownKey(call: AwsCall): Denial {
  const code =
    call.service === 'dynamodb' || call.service === 'secretsmanager'
      ? 'UnrecognizedClientException'
      : 'InvalidClientTokenId';
  return refusal(call, code, 'The security token included in the request is invalid.');
}

function refusal({ service, input }: AwsCall, code: string, message: string): Denial {
  const { status } = services[service] ?? otherService;
  if (input.Action !== undefined) {
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
