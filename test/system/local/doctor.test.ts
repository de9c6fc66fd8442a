import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PurgeQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { startServer } from '../../../infra/local/listen.ts';
import { readLocalWorld } from '../../../infra/local-world.ts';
import { documentsOf, settingsAt, withBridge } from '../../../infra/ops/aws/open-bridge.ts';
import { checkWebhook } from '../../../infra/ops/doctor/check-webhook.ts';
import type { Finding } from '../../../infra/ops/doctor/finding.ts';
import { AwsJsonClient } from '../../../lib/runtime/aws-json.ts';
import { readCurrent } from '../../../lib/runtime/secret.ts';
import { type AwsAccount, inAwsAccount } from '../../support/aws-account.ts';
import { eachRuntime } from '../../support/local-runtime.ts';
import { type OpsRun, runOps, runOpsJson } from '../../support/ops.ts';
import { root } from './started.ts';

jest.setTimeout(120_000);

/** The local runtime is the stage `test` as deployed; the rest of its AWS account is a stub. */
const at = eachRuntime({ context: { stage: 'test', mode: 'live', attentionEmail: 'none' } });
let aws: AwsAccount;
let world: ReturnType<typeof readLocalWorld>;
let sqs: SQSClient;
let dynamodb: DynamoDBDocumentClient;
let token = '';
const stack = 'returns-bridge-test';
const topics = { AttentionTopicArn: 'arn:attention', AlarmTopicArn: 'arn:alarms' };
const output = (name: string): string => world.outputs[name] ?? '';

beforeAll(() => {
  world = readLocalWorld(at.folder);
});
inAwsAccount(async (account) => {
  aws = account;
  const { endpoints, stage } = world;
  const client = { region: stage.settings.region };
  const secrets = new AwsJsonClient('secretsmanager', {
    AWS_ENDPOINT_URL: endpoints.secretsManager,
    AWS_REGION: client.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  const getValue = (input: object) => secrets.call('GetSecretValue', input);
  [token = ''] = await readCurrent(getValue, output('IgfPathTokenSecret'))();
  dynamodb = documentsOf(new DynamoDBClient({ ...client, ...settingsAt(endpoints.dynamodb) }));
  sqs = new SQSClient({ ...client, ...settingsAt(endpoints.sqs) });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
  });
});
beforeEach(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
  aws.refuse(undefined);
  aws.concurrency = 1000;
  aws.stacks.clear();
  aws.stacks.set('CDKToolkit', {}).set(stack, { ...world.outputs, ...topics, Mode: 'live' });
  for (const topic of Object.values(topics)) {
    aws.subscriptions.set(topic, new Map([['returns@example.com', 'arn:aws:sns:eu-west-1:1:a:b']]));
  }
  aws.secrets.clear();
  aws.secrets
    .set(output('WinkelstraatKeySecret'), 'local-winkelstraat-key')
    .set(output('IgfKeySecret'), 'local-igf-key')
    .set(output('IgfPathTokenSecret'), token);
  alarmIs('OK');
});

const igf = (method: string, path: string, body: object = {}): Promise<unknown> =>
  fetch(`${output('IgfBaseUrl')}${path}`, {
    method,
    headers: { 'api-key': 'local-igf-key', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** The stack has one alarm, in this state. */
const alarmIs = (state: string): unknown =>
  aws.alarms.splice(0, 9, { name: `${stack}-igf-down`, state, text: 'It means something.' });

/** The outputs with other URLs of the API. */
const withApi = (api: string): void => {
  const { [stack]: outputs = {} } = Object.fromEntries(aws.stacks);
  const moved = Object.entries(outputs).map(([name, value]) => [
    name,
    value.replace(world.endpoints.api, api),
  ]);
  aws.stacks.set(stack, Object.fromEntries(moved));
};

const sound = [
  'credentials',
  'region',
  'mail',
  'mail',
  'concurrency',
  'stack',
  'secret winkelstraat-key',
  'secret igf-key',
  'secret igf-path-token',
  'IGF key',
  'IGF retailer',
  'IGF retailer',
  'IGF events',
  'alarms',
  'DLQs',
  'test webhook',
];

test('a sound stage is well in every respect, and the test webhook is gone again', async () => {
  const { code, result } = await runOpsJson<{ ok: boolean; findings: Finding[] }>(
    'doctor',
    '--stage',
    'test',
  );

  const { ok, findings } = result;
  expect(findings.filter(({ level }) => level !== 'ok')).toEqual([]);
  expect({ code, ok, checks: findings.map(({ check }) => check) }).toEqual({
    code: 0,
    ok: true,
    checks: sound,
  });
  const { Items } = await dynamodb.send(new ScanCommand({ TableName: output('TableName') }));
  expect(Items?.filter(({ pk, firstDeliveryAt }) => /doctor-/.test(pk) || firstDeliveryAt)).toEqual([]);
});

test('with --local it leaves out what has no account', async () => {
  const run = await runOps('doctor', '--local');

  expect(run).toMatchObject({ code: 0, complaints: [] });
  expect(run.text).toMatch(/^ok {7}stack: returns-bridge-local, mode live$/m);
  expect(run.text).toMatch(/^ok {7}test webhook: it was in the table after \d+ s, and is removed$/m);
  expect(run.text).toMatch(/^All is well\.$/m);
});

interface Fault {
  readonly fault: string;
  inject(): unknown;
  mend?(): unknown;
  /** The lines that are not ok. */
  readonly found: RegExp;
  /** The test webhook finds it, so that it is sent. */
  readonly sends?: true;
}

const faults: readonly Fault[] = [
  {
    fault: 'no credentials',
    inject: () => delete process.env.AWS_ACCESS_KEY_ID,
    found: /^failure {2}credentials: There are no usable AWS credentials .*set AWS_PROFILE/,
  },
  {
    fault: 'credentials that AWS refuses',
    inject: () => aws.refuse('InvalidClientTokenId'),
    found: /^failure {2}credentials: AWS refused sts:GetCallerIdentity/,
  },
  {
    fault: "a region without the CDK's own stack",
    inject: () => aws.stacks.delete('CDKToolkit'),
    found: /^failure {2}region: .* Type npx cdk bootstrap aws:\/\/123456789012\/eu-/,
  },
  {
    fault: 'a stage that is not deployed',
    inject: () => aws.stacks.delete(stack),
    found:
      /^warning {2}mail: .*\n.*\nfailure {2}stack: There is no stack returns-bridge-test .*npm run deploy/,
  },
  {
    fault: 'an address that has not confirmed the notices',
    inject: () => aws.subscriptions.set('arn:attention', new Map([['a@example.com', 'PendingConfirmation']])),
    found: /^warning {2}mail: a@example\.com has not confirmed the notices of returns.*aws sns subscribe/,
  },
  {
    fault: 'alarms that nobody gets',
    inject: () => aws.subscriptions.delete('arn:alarms'),
    found: /^warning {2}mail: nobody gets the alarms\. Set alarmEmail/,
  },
  {
    fault: "Lambda's quota of a new account",
    inject: () => {
      aws.concurrency = 5;
    },
    found: /^failure {2}concurrency: Lambda runs 5 .*request-service-quota-increase/,
  },
  {
    fault: "no key of Winkelstraat's",
    inject: () => aws.secrets.set(output('WinkelstraatKeySecret'), undefined),
    found: /^failure {2}secret winkelstraat-key: it has no value\. .*doctor --set-secret winkelstraat-key/,
  },
  {
    fault: "no key of IGF's",
    inject: () => aws.secrets.set(output('IgfKeySecret'), undefined),
    found:
      /^failure {2}secret igf-key: it has no value\. .*\nfailure {2}IGF key: The secret of the IGF api-key/,
  },
  {
    fault: 'a key that is JSON of two texts',
    inject: () => aws.secrets.set(output('IgfKeySecret'), '{"a": "1", "b": "2"}'),
    found: /^failure {2}secret igf-key: .* store the key alone\.\nfailure {2}IGF key: /,
  },
  {
    fault: 'no path token',
    inject: () => aws.secrets.set(output('IgfPathTokenSecret'), undefined),
    found: /^failure {2}secret igf-path-token: .*igf subscribe.*\nfailure {2}IGF events: .*igf subscribe/,
  },
  {
    fault: 'a key that IGF does not accept',
    inject: () => aws.secrets.set(output('IgfKeySecret'), 'an-old-key'),
    found: /^failure {2}IGF key: IGF did not accept the api-key \(40[13]\): store the right one/,
  },
  {
    fault: 'a mail that links to no page',
    inject: () => igf('PUT', '/retailer', { matchMadeLink: '' }),
    mend: () => igf('PUT', '/retailer', { matchMadeLink: 'https://shop.example/match' }),
    found: /^warning {2}IGF retailer: the mail "match made" links to no page\. .* set matchMadeLink/,
  },
  {
    fault: 'no time for a match',
    inject: () => igf('PUT', '/retailer', { matchingPeriod: 0 }),
    mend: () => igf('PUT', '/retailer', { matchingPeriod: 14 }),
    found: /^warning {2}IGF retailer: it has no matchingPeriod\. Ask ItGoesForward/,
  },
  {
    fault: 'an event that goes to nobody',
    inject: () => igf('DELETE', '/webhooks/eventType/SHIPPED'),
    mend: () => runOps('igf', 'subscribe', '--stage', 'test'),
    found: /^failure {2}IGF events: it does not send SHIPPED to this bridge\. .*npx bridge igf subscribe/,
  },
  {
    fault: 'an alarm that rings',
    inject: () => alarmIs('ALARM'),
    found: /^failure {2}alarms: igf-down rings\. It means something\./,
  },
  {
    fault: 'a stack whose alarms are gone',
    inject: () => aws.alarms.splice(0),
    found: /^failure {2}alarms: the stack has none\. .*npm run deploy/,
  },
  {
    fault: 'a parked message',
    inject: () =>
      sqs.send(new SendMessageCommand({ QueueUrl: output('IgfDeadLetterQueueUrl'), MessageBody: '{}' })),
    mend: () => sqs.send(new PurgeQueueCommand({ QueueUrl: output('IgfDeadLetterQueueUrl') })),
    found: /^warning {2}DLQs: 1 message of igf parked\. .*npx bridge parked --stage test/,
  },
  {
    fault: "a key that is not the bridge's",
    inject: () => aws.secrets.set(output('WinkelstraatKeySecret'), 'another-key'),
    found:
      /^failure {2}test webhook: the API answered 401\. Send the shared secret in .* try again in a minute\./,
    sends: true,
  },
  {
    fault: 'an API that nothing answers at',
    inject: () => withApi('http://127.0.0.1:9'),
    found: /^failure {2}IGF events: .*\nfailure {2}test webhook: Nothing answers at http:\/\/127\.0\.0\.1:9/,
    sends: true,
  },
];

describe('finds', () => {
  test.each(faults)('$fault', async ({ inject, mend, found, sends }) => {
    await inject();
    let run: OpsRun;
    try {
      run = await runOps('doctor', '--stage', 'test', ...(sends ? [] : ['--dry-run']));
    } finally {
      await mend?.();
    }

    const bad = run.lines.filter((line) => /^(warning|failure) /.test(line));
    expect(bad.join('\n')).toMatch(found);
    expect(bad).toHaveLength(found.source.split('\\n').length);
    expect(run.code).toBe(1);
  });
});

test('finds a webhook that no worker reads', async () => {
  await using api = await startServer((_request, response) => void response.writeHead(202).end('{}'), 0);
  withApi(api.url);

  const [finding] = await withBridge({ stage: 'test' }, (opened) => checkWebhook(opened, 100));
  expect(finding).toMatchObject({
    level: 'failure',
    text: expect.stringMatching(
      /^the API took it, and after 1 s it is not done: no worker has read it\. See npx bridge order doctor-\S+ --stage test$/,
    ),
  });
});

test('a key from stdin fills its secret, and is never printed', async () => {
  aws.secrets.set(output('IgfKeySecret'), undefined);
  const args = ['infra/ops/bridge.mjs', 'doctor', '--stage', 'test', '--set-secret', 'igf-key'];
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, NODE_OPTIONS: '' } });
  child.stdin.end('local-igf-key\n');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);

  expect({ code: child.exitCode, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^ok {7}secret igf-key: its value was stored$/m);
  expect(stdout).not.toContain('local-igf-key');
  expect(aws.secrets.get(output('IgfKeySecret'))).toBe('local-igf-key');
  const noted = await runOps('igf', 'status', '--stage', 'test');
  expect(noted.text).toMatch(/^The last change was "doctor --set-secret igf-key", .*Z, by arn:.*anna\.$/m);
});

test.each([
  [['--local', '--set-secret', 'igf-key'], /^npm start gives the local bridge its keys/],
  [['--table', 'x'], /^doctor checks a whole stage/],
  [['--stage', 'nope'], /^There is no stage "nope"/],
  [['--set-secret', 'winkelstraat'], /Allowed choices are winkelstraat-key, igf-key/],
])('%j is typed wrong', async (args, complaint) => {
  expect(await runOps('doctor', ...args)).toMatchObject({
    code: 2,
    lines: [],
    complaints: [expect.stringMatching(complaint)],
  });
});
