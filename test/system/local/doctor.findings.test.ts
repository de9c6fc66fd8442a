import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from '@jest/globals';
import { startServer } from '../../../infra/local/listen.ts';
import { withBridge } from '../../../infra/ops/aws/open-bridge.ts';
import { checkWebhook } from '../../../infra/ops/doctor/check-webhook.ts';
import { type OpsRun, runOps } from '../../support/ops.ts';
import { eachSoundStage } from './sound-stage.ts';

const stage = eachSoundStage();

const igf = (method: string, path: string, body: object = {}): Promise<unknown> =>
  fetch(`${stage.output('IgfBaseUrl')}${path}`, {
    method,
    headers: { 'api-key': 'local-igf-key', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** The outputs with other URLs of the API. */
const withApi = (api: string): void => {
  const { [stage.stack]: outputs = {} } = Object.fromEntries(stage.aws.stacks);
  const moved = Object.entries(outputs).map(([name, value]) => [
    name,
    value.replace(stage.world.endpoints.api, api),
  ]);
  stage.aws.stacks.set(stage.stack, Object.fromEntries(moved));
};

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
    inject: () => stage.aws.refuse('InvalidClientTokenId'),
    found: /^failure {2}credentials: AWS refused sts:GetCallerIdentity/,
  },
  {
    fault: "a region without the CDK's own stack",
    inject: () => stage.aws.stacks.delete('CDKToolkit'),
    found: /^failure {2}region: .* Type npx cdk bootstrap aws:\/\/123456789012\/eu-/,
  },
  {
    fault: 'a stage that is not deployed',
    inject: () => stage.aws.stacks.delete(stage.stack),
    found:
      /^warning {2}mail: .*\n.*\nfailure {2}stack: There is no stack returns-bridge-test .*npm run deploy/,
  },
  {
    fault: 'an address that has not confirmed the notices',
    inject: () =>
      stage.aws.subscriptions.set('arn:attention', new Map([['a@example.com', 'PendingConfirmation']])),
    found: /^warning {2}mail: a@example\.com has not confirmed the notices of returns.*aws sns subscribe/,
  },
  {
    fault: 'alarms that nobody gets',
    inject: () => stage.aws.subscriptions.delete('arn:alarms'),
    found: /^warning {2}mail: nobody gets the alarms\. Set alarmEmail/,
  },
  {
    fault: "Lambda's quota of a new account",
    inject: () => {
      stage.aws.concurrency = 5;
    },
    found: /^failure {2}concurrency: Lambda runs 5 .*request-service-quota-increase/,
  },
  {
    fault: "no key of Winkelstraat's",
    inject: () => stage.aws.secrets.set(stage.output('WinkelstraatKeySecret'), undefined),
    found: /^failure {2}secret winkelstraat-key: it has no value\. .*doctor --set-secret winkelstraat-key/,
  },
  {
    fault: "no key of IGF's",
    inject: () => stage.aws.secrets.set(stage.output('IgfKeySecret'), undefined),
    found:
      /^failure {2}secret igf-key: it has no value\. .*\nfailure {2}IGF key: The secret of the IGF api-key/,
  },
  {
    fault: 'a key that is JSON of two texts',
    inject: () => stage.aws.secrets.set(stage.output('IgfKeySecret'), '{"a": "1", "b": "2"}'),
    found: /^failure {2}secret igf-key: .* store the key alone\.\nfailure {2}IGF key: /,
  },
  {
    fault: 'no path token',
    inject: () => stage.aws.secrets.set(stage.output('IgfPathTokenSecret'), undefined),
    found: /^failure {2}secret igf-path-token: .*igf subscribe.*\nfailure {2}IGF events: .*igf subscribe/,
  },
  {
    fault: 'a key that IGF does not accept',
    inject: () => stage.aws.secrets.set(stage.output('IgfKeySecret'), 'an-old-key'),
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
    inject: () => stage.alarmIs('ALARM'),
    found: /^failure {2}alarms: igf-down rings\. It means something\./,
  },
  {
    fault: 'a stack whose alarms are gone',
    inject: () => stage.aws.alarms.splice(0),
    found: /^failure {2}alarms: the stack has none\. .*npm run deploy/,
  },
  {
    fault: 'a parked message',
    inject: () =>
      stage.sqs.send(
        new SendMessageCommand({ QueueUrl: stage.output('IgfDeadLetterQueueUrl'), MessageBody: '{}' }),
      ),
    mend: () => stage.sqs.send(new PurgeQueueCommand({ QueueUrl: stage.output('IgfDeadLetterQueueUrl') })),
    found: /^warning {2}DLQs: 1 message of igf parked\. .*npx bridge parked --stage test/,
  },
  {
    fault: "a key that is not the bridge's",
    inject: () => stage.aws.secrets.set(stage.output('WinkelstraatKeySecret'), 'another-key'),
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
