import { devNull } from 'node:os';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { localClients } from '../../../infra/local/endpoints.ts';
import { decide } from '../../../infra/local/iam/policy.ts';
import { account } from '../../../infra/local-services.ts';
import { withBridge } from '../../../infra/ops/aws/open-bridge.ts';
import { secretStore } from '../../../infra/ops/aws/secret-store.ts';
import { eventTypes } from '../../../lib/facts/vendor-terms.ts';
import { webhookPath } from '../../../lib/webhooks/igf/webhooks.ts';
import { type AwsAccount, startAwsAccount } from '../../support/aws-account.ts';
import { type MovingSqs, movingSqs } from '../../support/doubles/moving-sqs.ts';
import { eventually } from '../../support/eventually.ts';
import { type OpsRun, runOps } from '../../support/ops.ts';
import { policyOf } from '../../support/policies.ts';
import { newOrder } from '../e2e/orders.ts';
import { EveryPath } from './every-path.ts';

const statements = policyOf('operator');
const open = new AsyncDisposableStack();
let all: EveryPath;
const environment = { ...process.env };
let aws: AwsAccount;
let moving: MovingSqs;

/** The end of a queue's ARN or URL. */
const nameOf = (queue: string): string => queue.replace(/^.*[:/]/, '');
const queueUrl = (name: string): string => `${moving.url}/${account}/returns-bridge-local-${name}`;
const topicArn = (name: string): string => `arn:aws:sns:eu-central-1:${account}:returns-bridge-local-${name}`;
const secretArn = (name: string): string =>
  `arn:aws:secretsmanager:eu-central-1:${account}:secret:returns-bridge-local/${name}-local1`;

beforeAll(async () => {
  const operator = { role: 'Operator', session: 'person', statements };
  const others = statements.filter(({ Action }) => !Action.includes('cloudwatch:DescribeAlarms'));
  const guest = { role: 'Guest', session: 'person', statements: others };
  all = open.use(await EveryPath.start({ speed: 600, principals: { operator, guest } }));
  const { urls, iam, table, queues } = all.runtime;
  const { sqs } = open.use(localClients(urls));
  // What is moved for the second time fails again, so that the command cancels the task.
  let again = 0;
  moving = await movingSqs(
    sqs,
    urls.sqs,
    (arn) => queues.find(({ name }) => name === nameOf(arn))?.url ?? '',
    {
      iam: iam.folder,
      atOnce: 1,
      onMoved: async (MessageBody) => {
        again += 1;
        if (again > 3) return;
        const QueueUrl = queues.find(({ name }) => name.endsWith('-WinkelstraatQueueDeadLetters'))?.url;
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
      },
    },
  );
  open.defer(() => moving.close());
  aws = await startAwsAccount(iam.folder);
  open.defer(() => aws.close());
  aws.stacks.set('CDKToolkit', {});
  aws.stacks.set('returns-bridge-local', {
    TableName: table,
    Mode: 'live',
    WinkelstraatQueueUrl: queueUrl('WinkelstraatQueue'),
    IgfQueueUrl: queueUrl('IgfQueue'),
    QuarantineQueueUrl: queueUrl('QuarantineQueue'),
    IgfBaseUrl: urls.igf,
    WinkelstraatUrl: `${urls.api}/winkelstraat/stock-hub/v1/invoice`,
    AttentionTopicArn: topicArn('AttentionTopic'),
    AlarmTopicArn: topicArn('AlarmTopic'),
    WinkelstraatKeySecret: secretArn('winkelstraat-key'),
    IgfKeySecret: secretArn('igf-key'),
    IgfPathTokenSecret: secretArn('igf-path-token'),
    ...Object.fromEntries(
      eventTypes.map((type, index) => [`Url${index}`, `https://api.example${webhookPath(type)}`]),
    ),
  });
  aws.logs.set('/aws/lambda/returns-bridge-local/winkelstraat/worker', []);
  for (const name of ['winkelstraat-key', 'igf-key', 'igf-path-token']) {
    aws.secrets.set(secretArn(name), undefined);
  }
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: urls.dynamodb,
    AWS_ENDPOINT_URL_SQS: moving.url,
    AWS_ENDPOINT_URL_CLOUDFORMATION: aws.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: aws.url,
    AWS_ENDPOINT_URL_STS: aws.url,
    AWS_ENDPOINT_URL_CLOUDWATCH: aws.url,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: aws.url,
    AWS_ENDPOINT_URL_SNS: aws.url,
    AWS_ENDPOINT_URL_LAMBDA: aws.url,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  });
});
afterAll(async () => {
  process.env = environment;
  await open.disposeAsync();
});

/** Runs a command with the operator's key. It may find something to do, but nothing may be refused. */
async function ops(...args: string[]): Promise<OpsRun> {
  const run = await runOps(...args, '--stage', 'local');
  expect([...run.complaints, ...run.lines].join('\n')).not.toMatch(/AWS refused|:\w+ failed \(/);
  return run;
}

const until = (what: string, pattern: RegExp, ...args: string[]): Promise<RegExpExecArray> =>
  eventually(what, async () => pattern.exec((await ops(...args)).text) ?? undefined);

const uses = () => all.runtime.iam.uses().filter(([role]) => role === 'Operator');

test('the commands use what the policy of an operator grants, and nothing else', async () => {
  // As `doctor --set-secret` does.
  await withBridge({ stage: 'local' }, async (bridge) => {
    await secretStore(bridge).put('winkelstraat-key', 'local-winkelstraat-key');
    await secretStore(bridge).put('igf-key', 'local-igf-key');
  });
  const [unmapped, parked] = [newOrder(), newOrder()];
  // One return waits for a meaning, one delivery is rejected, and IGF refuses a listing.
  await all.post('/winkelstraat/stock-hub/v1/rma', unmapped.rma({}, { reason: 'unheard of' }));
  await all.post('/winkelstraat/stock-hub/v1/shipment', parked.shipment(), { 'x-version': '' });
  await all.control('/faults', { operation: 'POST /listings', status: 400, times: 9 });
  await all.post('/winkelstraat/push-api/v2/rma', parked.v2Rma());

  const [, theReturn = ''] = await until('it waits', /(\d+\/\w+)/, 'attention');
  await until('it is listed', /unheard of/, 'unmapped');
  await ops('order', unmapped.orderId);
  await ops('done', theReturn, '--note', 'a note');
  await ops('map-reason', 'unheard of', 'too_big');
  await ops('advance', unmapped.orderId);

  const [, id = ''] = await until('it is rejected', /^(\w{8}) {2}stock-hub/m, 'rejected');
  await ops('rejected', 'show', id);
  await ops('rejected', 'replay', '--all', '--x-version', '1.0');

  await until('it is parked', /winkelstraat: 1 message in the DLQ/, 'parked');
  await ops('parked', 'redrive', '--preview');
  await ops('parked', 'redrive');
  await until('it is parked again', /winkelstraat: \d messages? in the DLQ/, 'parked');
  await ops('parked', 'redrive', '--webhook', 'push-api/v2/rma');

  await ops('logs');
  await ops('status');
  expect((await ops('doctor')).text).toMatch(/^ok +test webhook: it was in the table/m);
  await ops('find', parked.orderId);
  await ops('erase', '--email', 'jan.jansen@gwinkelstraat.nl', '--yes', '--force');
  for (const name of ['status', 'subscribe', 'retailer', 'verify', 'unsubscribe']) await ops('igf', name);

  expect(uses().filter(([, , , decision]) => decision !== 'allow')).toEqual([]);
  const unused = statements.flatMap(({ Action, Resource }) =>
    // The guard judges no call of Lambda's protocol.
    Action.filter((action) => action !== 'lambda:GetAccountSettings').flatMap((action) =>
      Resource.filter((resource) => {
        const grant = { Effect: 'Allow' as const, Action: [action], Resource: [resource] };
        return !uses().some(([, asked, of]) => decide([grant], { action: asked, resource: of }) === 'allow');
      }).map((resource) => `${action} ${resource}`),
    ),
  );
  expect(unused).toEqual([]);
});

test('status says what it may not read, and still says the rest', async () => {
  aws.alarms.push({
    name: 'returns-bridge-local-igf-down',
    state: 'ALARM',
    text: 'IGF is down. Type: a command.',
  });
  const allowed = await runOps('status', '--stage', 'local');
  expect(allowed.lines).toContain('  igf-down: IGF is down.');
  process.env.AWS_ACCESS_KEY_ID = 'guest';
  const { code, text, complaints } = await runOps('status', '--stage', 'local');
  expect({ code, complaints }).toEqual({ code: 1, complaints: [] });
  expect(text).toContain(
    'The bridge could not be asked about its alarms. AWS refused cloudwatch:DescribeAlarms (AccessDeniedException)',
  );
  expect(text).toMatch(/^ {2}queues {9}winkelstraat \d/m);
});
