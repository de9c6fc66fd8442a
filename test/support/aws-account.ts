import { createServer } from 'node:http';
import { devNull } from 'node:os';
import { text } from 'node:stream/consumers';
import { guard } from '../../infra/local/iam/guard.ts';
import { listen } from '../../infra/local/listen.ts';
import { host } from '../../infra/local-services.ts';

/**
 * The part of an AWS account that operator commands see: stacks with their outputs, secrets, subscriptions of topics,
 * and Lambda's quota.
 */
export interface AwsAccount {
  readonly url: string;
  /** Outputs by stack name. */
  readonly stacks: Map<string, Record<string, string>>;
  /** Values by secret id; a secret without a value is in it too. */
  readonly secrets: Map<string, string | undefined>;
  /** Lines by log group. */
  readonly logs: Map<string, WrittenLine[]>;
  /** The alarms of CloudWatch. */
  readonly alarms: { readonly name: string; readonly state: string; readonly text: string }[];
  /** The subscription's ARN, or `PendingConfirmation`, by topic and address. */
  readonly subscriptions: Map<string, Map<string, string>>;
  /** How many functions Lambda runs at once. */
  concurrency: number;
  /** Such as `cloudformation.DescribeStacks`, in the order of the calls. */
  readonly calls: string[];
  /** What updates of DynamoDB's items were asked for. They change nothing. */
  readonly updates: object[];
  /** The regions that calls were signed for. */
  readonly regions: Set<string>;
  /** Answers every call with this error code, or normally again when undefined. */
  refuse(code: string | undefined): void;
  close(): Promise<void>;
}

/** `timestamp` is in milliseconds since the epoch. */
export interface WrittenLine {
  readonly timestamp: number;
  readonly message: string;
}

/**
 * Starts a stub of CloudFormation, Secrets Manager, DynamoDB, CloudWatch and its Logs, STS, SNS and Lambda: of the calls that the commands
 * make.
 * @param iam see `guard`
 */
export async function startAwsAccount(iam?: string): Promise<AwsAccount> {
  const stacks: AwsAccount['stacks'] = new Map();
  const secrets: AwsAccount['secrets'] = new Map();
  const logs: AwsAccount['logs'] = new Map();
  const alarms: AwsAccount['alarms'] = [];
  const calls: string[] = [];
  const subscriptions: AwsAccount['subscriptions'] = new Map();
  const updates: object[] = [];
  const regions = new Set<string>();
  let refusal: string | undefined;

  const describeStacks = (name: string): Answer => {
    const outputs = stacks.get(name);
    if (refusal) return [403, queryError(refusal, 'You may not.')];
    if (!outputs) return [400, queryError('ValidationError', `Stack with id ${name} does not exist`)];
    const members = Object.entries(outputs).map(
      ([key, value]) =>
        `<member><OutputKey>${key}</OutputKey><OutputValue>${escaped(value)}</OutputValue></member>`,
    );
    return [
      200,
      `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks>
        <member><StackName>${name}</StackName><StackStatus>UPDATE_COMPLETE</StackStatus>
        <CreationTime>2026-01-01T00:00:00Z</CreationTime><Outputs>${members.join('')}</Outputs></member>
        </Stacks></DescribeStacksResult></DescribeStacksResponse>`,
    ];
  };
  const secretsManager = (operation: string, input: Record<string, string>): Answer => {
    const { SecretId: id = '', SecretString: value } = input;
    if (refusal) return [400, jsonError(refusal)];
    if (!secrets.has(id)) return [400, jsonError('ResourceNotFoundException')];
    if (operation === 'PutSecretValue') secrets.set(id, value);
    else if (secrets.get(id) === undefined) return [400, jsonError('ResourceNotFoundException')];
    return [200, JSON.stringify({ ARN: id, SecretString: secrets.get(id) })];
  };

  /** A page has two entries at most. */
  const cloudWatchLogs = (operation: string, input: Record<string, string>): Answer => {
    if (refusal) return [400, jsonError(refusal)];
    const { logGroupName: group = '', logGroupNamePrefix: prefix = '', startTime = 0, nextToken } = input;
    const from = Number(nextToken ?? 0);
    const [name, all] =
      operation === 'FilterLogEvents'
        ? [
            'events',
            (logs.get(group) ?? [])
              .map((line, index) => ({ ...line, eventId: `${group}${index}` }))
              .filter(({ timestamp }) => timestamp >= Number(startTime)),
          ]
        : [
            'logGroups',
            [...logs.keys()]
              .filter((each) => each.startsWith(prefix))
              .map((logGroupName) => ({ logGroupName })),
          ];
    const isLast = from + 2 >= all.length;
    return [
      200,
      JSON.stringify({ [name]: all.slice(from, from + 2), ...(!isLast && { nextToken: String(from + 2) }) }),
    ];
  };

  const dynamodb = (operation: string, input: object): Answer => {
    if (operation === 'UpdateItem') updates.push(input);
    return refusal ? [400, jsonError(refusal)] : [200, '{}'];
  };

  const cloudWatch = ({ AlarmNamePrefix: prefix = '' }: Record<string, string>): Answer => {
    const own = alarms.filter(({ name }) => name.startsWith(prefix));
    const MetricAlarms = own.map(({ name, state, text: description }) => ({
      ...{ AlarmName: name, StateValue: state, AlarmDescription: description },
      StateTransitionedTimestamp: 1_700_000_000,
    }));
    return refusal ? [400, jsonError(refusal)] : [200, JSON.stringify({ MetricAlarms })];
  };

  const others = (action: string, form: URLSearchParams): Answer => {
    if (action === 'DescribeStacks') return describeStacks(form.get('StackName') ?? '');
    if (refusal) return [403, queryError(refusal, 'You may not.')];
    if (action === 'GetAccountSettings') {
      return [200, JSON.stringify({ AccountLimit: { UnreservedConcurrentExecutions: account.concurrency } })];
    }
    if (action === 'GetCallerIdentity') {
      return query(action, '<Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/anna</Arn>');
    }
    const members = [...(subscriptions.get(form.get('TopicArn') ?? '') ?? [])].map(
      ([email, arn]) =>
        `<member><Endpoint>${email}</Endpoint><SubscriptionArn>${arn}</SubscriptionArn></member>`,
    );
    return query(action, `<Subscriptions>${members.join('')}</Subscriptions>`);
  };

  const server = createServer(async (request, response) => {
    const body = await text(request);
    const target = String(request.headers['x-amz-target'] ?? '');
    regions.add(String(request.headers.authorization).split('/')[2] ?? '');
    const form = new URLSearchParams(body);
    const action = form.get('Action') ?? 'GetAccountSettings';
    calls.push(target || `cloudformation.${action}`);
    const answerOf = (): Answer => {
      if (!target) return others(action, form);
      const [service = '', operation = ''] = target.split('.');
      if (service.startsWith('DynamoDB_')) return dynamodb(operation, JSON.parse(body));
      if (service.startsWith('Granite')) return cloudWatch(JSON.parse(body));
      return (service.startsWith('Logs_') ? cloudWatchLogs : secretsManager)(operation, JSON.parse(body));
    };
    const [status, answer] = answerOf();
    response.writeHead(status, { 'content-type': target ? 'application/x-amz-json-1.1' : 'text/xml' });
    response.end(answer);
  });
  guard(server, iam);
  const port = await listen(server, 0);
  const account: AwsAccount = {
    url: `http://${host}:${port}`,
    stacks,
    secrets,
    logs,
    alarms,
    subscriptions,
    concurrency: 1000,
    ...{ calls, updates },
    regions,
    refuse: (code) => {
      refusal = code;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return account;
}

/** Starts an account for the tests of a file. Commands find it by the environment. */
export function inAwsAccount(use: (account: AwsAccount) => Promise<void> | void): void {
  const environment = { ...process.env };
  let account: AwsAccount | undefined;
  beforeAll(async () => {
    account = await startAwsAccount();
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: account.url,
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: 'true',
    });
    await use(account);
  });
  afterAll(async () => {
    process.env = environment;
    await account?.close();
  });
}

type Answer = [status: number, body: string];

const query = (action: string, result: string): Answer => [
  200,
  `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
];

const queryError = (code: string, message: string): string =>
  `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>
    <Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;

const jsonError = (type: string): string => JSON.stringify({ __type: type, message: type });

const escaped = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
