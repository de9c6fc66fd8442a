import { mkdtempDisposableSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  CancelMessageMoveTaskCommand,
  DeleteMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { Statement } from '../../../../infra/local/iam/policy.ts';
import { sharedPrincipals } from '../../../../infra/local/iam/principals.ts';
import { type LocalServer, startServer } from '../../../../infra/local/listen.ts';

const account = '000000000000';
const arn = (service: string, name: string): string => `arn:aws:${service}:eu-central-1:${account}:${name}`;
const user = `arn:aws:sts::${account}:assumed-role/WorkerRole/Worker`;
const [queue, deadLetters, topic] = [arn('sqs', 'queue'), arn('sqs', 'dead'), arn('sns', 'topic')];
const [table, secret] = [arn('dynamodb', 'table/orders'), arn('secretsmanager', 'secret:key')];
const QueueUrl = `https://sqs.eu-central-1.amazonaws.com/${account}/queue`;

const folder = mkdtempDisposableSync(join(tmpdir(), 'guard-'));
const shared = sharedPrincipals(folder.path);
let server: LocalServer;
/** The inputs of the calls that reached the service. */
let served: unknown[] = [];

beforeAll(async () => {
  server = await startServer(
    async (request, response) => {
      served.push(await json(request).catch(() => 'no JSON'));
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
    },
    0,
    folder.path,
  );
  shared.write({
    worker: {
      role: 'WorkerRole',
      session: 'Worker',
      statements: [
        allow(['sqs:SendMessage', 'sqs:DeleteMessage'], queue),
        allow(['dynamodb:Query'], `${table}/index/tasks`),
        allow(['sns:Publish'], topic),
        allow(['secretsmanager:GetSecretValue'], secret),
        { ...allow(['secretsmanager:GetSecretValue'], `${secret}-denied`), Effect: 'Deny' },
        {
          ...allow(['dynamodb:PutItem'], table),
          Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['REJECTED#*'] } },
        },
      ],
    },
    mover: {
      role: 'MoverRole',
      session: 'Mover',
      statements: [
        allow(['sqs:StartMessageMoveTask', 'sqs:CancelMessageMoveTask'], deadLetters),
        allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], deadLetters),
      ],
    },
  });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});
beforeEach(() => {
  served = [];
});

const allow = (Action: string[], Resource: string): Statement => ({
  Effect: 'Allow',
  Action,
  Resource: [Resource],
});

type Clients = ReturnType<typeof clientsOf>;
function clientsOf(accessKeyId: string) {
  const settings = {
    region: 'eu-central-1',
    endpoint: server.url,
    credentials: { accessKeyId, secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  return {
    sqs: new SQSClient({ ...settings, useQueueUrlAsEndpoint: false, md5: false }),
    dynamodb: new DynamoDBClient(settings),
    sns: new SNSClient(settings),
    secrets: new SecretsManagerClient(settings),
  };
}

async function refusal(call: (clients: Clients) => Promise<unknown>, key = 'worker') {
  const clients = clientsOf(key);
  const error: unknown = await call(clients).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  for (const client of Object.values(clients)) client.destroy();
  if (!(error instanceof Error)) return undefined;
  const { httpStatusCode } = Object(error).$metadata;
  return `${httpStatusCode} ${error.name}: ${error.message}`;
}

const send = ({ sqs }: Clients, name = 'queue', MessageBody = 'text') =>
  sqs.send(new SendMessageCommand({ QueueUrl: QueueUrl.replace('queue', name), MessageBody }));
const put = ({ dynamodb }: Clients, pk: string) =>
  dynamodb.send(new PutItemCommand({ TableName: 'orders', Item: { pk: { S: pk } } }));
const query = ({ dynamodb }: Clients, IndexName?: string) =>
  dynamodb.send(new QueryCommand({ TableName: 'orders', ...(IndexName && { IndexName }) }));
const secretOf = ({ secrets }: Clients, SecretId: string) =>
  secrets.send(new GetSecretValueCommand({ SecretId }));

test('a call that the role allows reaches the service with its whole body', async () => {
  const MessageBody = 'x'.repeat(300_000);
  expect(await refusal((clients) => send(clients, 'queue', MessageBody))).toBeUndefined();
  expect(served).toEqual([{ QueueUrl, MessageBody }]);
});

test('a call that the role does not allow never reaches the service', async () => {
  await refusal((clients) => send(clients, 'another'));
  expect(served).toEqual([]);
});

test.each<[string, (clients: Clients) => Promise<unknown>, string, string]>([
  [
    'SQS',
    (clients) => send(clients, 'another'),
    '403 AccessDenied',
    `sqs:sendmessage on resource: ${arn('sqs', 'another')}`,
  ],
  [
    'DynamoDB',
    ({ dynamodb }) => dynamodb.send(new GetItemCommand({ TableName: 'orders', Key: { pk: { S: '1' } } })),
    '400 AccessDeniedException',
    `dynamodb:GetItem on resource: ${table}`,
  ],
  [
    'SNS',
    ({ sns }) => sns.send(new PublishCommand({ TopicArn: `${topic}s`, Message: 'text' })),
    '403 AuthorizationErrorException',
    `SNS:Publish on resource: ${topic}s`,
  ],
  [
    'Secrets Manager',
    (clients) => secretOf(clients, `${secret}s`),
    '400 AccessDeniedException',
    `secretsmanager:GetSecretValue on resource: ${secret}s`,
  ],
])('%s denies in its own form', async (_service, call, error, what) => {
  const why = `because no identity-based policy allows the ${what.split(' ')[0]} action`;
  expect(await refusal(call)).toBe(`${error}: User: ${user} is not authorized to perform: ${what} ${why}`);
});

test('an explicit deny says so', async () => {
  expect(await refusal((clients) => secretOf(clients, `${secret}-denied`))).toMatch(
    / with an explicit deny in an identity-based policy$/,
  );
});

test('a query of an index needs the permission for the index, and one of the table that for the table', async () => {
  expect(await refusal((clients) => query(clients, 'tasks'))).toBeUndefined();
  expect(await refusal((clients) => query(clients))).toMatch(/resource: \S+:table\/orders because/);
});

test('the partition key of an item is compared with the condition', async () => {
  expect(await refusal((clients) => put(clients, 'REJECTED#1'))).toBeUndefined();
  expect(await refusal((clients) => put(clients, 'ORDER#1'))).toMatch(/^400 AccessDeniedException/);
});

test('a batch needs the permission of a single call', async () => {
  const Entries = [{ Id: '1', ReceiptHandle: 'x' }];
  expect(
    await refusal(({ sqs }) => sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))),
  ).toBeUndefined();
});

test('a move task needs what SQS then does for its caller, also at the destination', async () => {
  const move = ({ sqs }: Clients) =>
    sqs.send(new StartMessageMoveTaskCommand({ SourceArn: deadLetters, DestinationArn: queue }));
  expect(await refusal(move, 'mover')).toMatch(new RegExp(`on resource: ${queue} because`));
  const TaskHandle = btoa(JSON.stringify({ taskId: '1', sourceArn: deadLetters }));
  const cancel = (handle: string) =>
    refusal(({ sqs }) => sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: handle })), 'mover');
  expect(await cancel(TaskHandle)).toBeUndefined();
  expect(await cancel('not a handle')).toMatch(/^403 AccessDenied/);
});

test('the runtime itself may do everything, and a key that nobody has nothing', async () => {
  expect(await refusal((clients) => query(clients), 'local')).toBeUndefined();
  const invalid = 'The security token included in the request is invalid.';
  expect(await refusal((clients) => query(clients), 'nobody')).toBe(
    `400 UnrecognizedClientException: ${invalid}`,
  );
  expect(await refusal(send, 'nobody')).toBe(`403 InvalidClientTokenId: ${invalid}`);
});

test('a request without a signature is nobody’s', async () => {
  const answer = await fetch(server.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'AmazonSQS.SendMessage' },
    body: JSON.stringify({ QueueUrl, MessageBody: 'text' }),
  });
  expect(answer.status).toBe(400);
  expect(served).toEqual([]);
});

test('what was asked for is noted once, with the decision', async () => {
  await refusal(send);
  await refusal(send);
  await refusal((clients) => send(clients, 'another'));
  await refusal((clients) => send(clients, 'another'));
  const uses = shared.uses().filter(([, action]) => action === 'sqs:SendMessage');
  expect(uses.filter(([, , , decision]) => decision === 'allow')).toEqual([
    ['WorkerRole', 'sqs:SendMessage', queue, 'allow'],
  ]);
  expect(uses.filter(([, , resource]) => resource === arn('sqs', 'another'))).toEqual([
    ['WorkerRole', 'sqs:SendMessage', arn('sqs', 'another'), 'implicit deny'],
  ]);
});

test('a policy that changes holds from the next call on', async () => {
  const before = shared.read();
  expect(await refusal(send)).toBeUndefined();
  shared.write({});
  expect(await refusal(send)).toMatch(/^403 InvalidClientTokenId/);
  shared.write(before);
  expect(await refusal(send)).toBeUndefined();
});
