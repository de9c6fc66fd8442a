import { deploy } from '../../infra/deploy/deploy.ts';
import { type AwsAccount, inAwsAccount } from '../support/aws-account.ts';

let aws: AwsAccount;

inAwsAccount((account) => {
  aws = account;
  process.env.AWS_REGION = 'us-east-1';
});
beforeEach(() => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' });
  aws.refuse(undefined);
  aws.concurrency = 1000;
  aws.regions.clear();
  aws.subscriptions.clear();
  aws.stacks.clear();
  aws.stacks.set('CDKToolkit', {});
});

const live = ['--stage', 'prod', '-c', 'attentionEmail=returns@example.com'];

/** Runs `npm run deploy -- …` with a CDK that ends with `cdkCode`. */
async function run(args: readonly string[], cdkCode = 0) {
  const lines: string[] = [];
  const complaints: string[] = [];
  const deploys: string[] = [];
  const code = await deploy(
    args,
    { print: (line) => lines.push(line), complain: (line) => complaints.push(line), exitCode: 0 },
    async (cdkArgs) => {
      deploys.push(cdkArgs.join(' '));
      return cdkCode;
    },
  );
  return { code, lines, complaints, deploys };
}

const deployed = (): void => {
  aws.stacks.set('returns-bridge-prod', { AttentionTopicArn: 'arn:attention', AlarmTopicArn: 'arn:alarms' });
};

test('a first deploy says what is well, and runs cdk deploy with the stage and its settings', async () => {
  expect(await run(live)).toEqual({
    code: 0,
    lines: [
      'returns-bridge-prod, mode live',
      'ok       credentials: account 123456789012, as arn:aws:iam::123456789012:user/anna',
      'ok       region: eu-west-1, as stage prod of cdk.json says',
      'ok       mail: AWS will ask returns@example.com to confirm the notices of returns. Click the link in that mail',
      'ok       mail: AWS will ask returns@example.com to confirm the alarms. Click the link in that mail',
      'ok       concurrency: Lambda runs 1000 functions at once in this account, and the workers of this stage take 14',
    ],
    complaints: [],
    deploys: ['deploy -c attentionEmail=returns@example.com -c stage=prod'],
  });
});

test('the stage that was checked is deployed, whatever the settings say', async () => {
  expect((await run([...live, '-c', 'stage=test'])).deploys).toEqual([
    'deploy -c attentionEmail=returns@example.com -c stage=prod',
  ]);
});

test('every call goes to the region of the stage, whatever the shell has', async () => {
  deployed();
  await run(live);

  expect([...aws.regions]).toEqual(['eu-west-1']);
});

test('--check deploys nothing, and --yes does not ask', async () => {
  expect(await run([...live, '--check'])).toMatchObject({ code: 0, deploys: [] });
  expect((await run([...live, '--yes'])).deploys).toEqual([
    expect.stringMatching(/--require-approval never$/),
  ]);
});

describe('a failure prevents the deploy, and says what to do:', () => {
  const failure = async (args: readonly string[]): Promise<string[]> => {
    const { code, lines, complaints, deploys } = await run(args);
    expect({ code, complaints, deploys }).toEqual({
      code: 1,
      complaints: ['Nothing was deployed.'],
      deploys: [],
    });
    return lines.filter((line) => line.startsWith('failure'));
  };

  test('no credentials', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;

    expect(await failure(live)).toEqual([
      expect.stringMatching(/^failure {2}credentials: There are no usable AWS credentials .*set AWS_PROFILE/),
    ]);
  });

  test('credentials that AWS refuses', async () => {
    aws.refuse('InvalidClientTokenId');

    expect(await failure(live)).toEqual([
      'failure  credentials: AWS refused sts:GetCallerIdentity (InvalidClientTokenId): use credentials with this permission.',
    ]);
  });

  test('credentials of another account', async () => {
    expect(await failure([...live, '-c', 'account=210987654321'])).toEqual([
      'failure  credentials: stage prod belongs to account 210987654321, and these are of 123456789012 ' +
        '(arn:aws:iam::123456789012:user/anna). Set AWS_PROFILE to the right ones.',
    ]);
  });

  test('a region without the CDK’s own stack', async () => {
    aws.stacks.clear();

    expect(await failure(live)).toEqual([
      'failure  region: the CDK is not set up in eu-west-1. Type npx cdk bootstrap aws://123456789012/eu-west-1, ' +
        'with the policy of docs/deploy.md.',
    ]);
  });

  test('a quota that the workers alone use up', async () => {
    aws.concurrency = 10;

    expect(await failure(live)).toEqual([
      expect.stringMatching(
        /^failure {2}concurrency: Lambda runs 10 .* take 14: .*lower workerConcurrency .*--region eu-west-1 .*L-B99A9384/,
      ),
    ]);
  });
});

describe('a warning does not prevent it:', () => {
  const warnings = async (args: readonly string[]): Promise<string[]> => {
    const { code, lines, deploys } = await run(args);
    expect([code, deploys.length]).toEqual([0, 1]);
    return lines.filter((line) => line.startsWith('warning'));
  };

  test('mails that nobody gets', async () => {
    expect(await warnings(['--stage', 'prod', '-c', 'attentionEmail=none'])).toEqual([
      'warning  mail: nobody gets the notices of returns. Set attentionEmail of stage prod in cdk.json, and deploy.',
      'warning  mail: nobody gets the alarms. Set alarmEmail of stage prod in cdk.json, and deploy.',
    ]);
  });

  test('an address that has not confirmed', async () => {
    deployed();
    aws.subscriptions.set('arn:attention', new Map([['returns@example.com', 'arn:aws:sns:eu-west-1:1:a:b']]));
    aws.subscriptions.set('arn:alarms', new Map([['returns@example.com', 'PendingConfirmation']]));

    expect(await warnings(live)).toEqual([
      'warning  mail: returns@example.com has not confirmed the alarms, so nobody gets them. Click the link in the mail ' +
        'of AWS. To get that mail again, type aws sns subscribe --region eu-west-1 --topic-arn arn:alarms ' +
        '--protocol email --notification-endpoint returns@example.com',
    ]);
    expect((await run(live)).lines).toContain(
      'ok       mail: returns@example.com gets the notices of returns',
    );
  });

  test('a quota that leaves little for webhooks', async () => {
    aws.concurrency = 20;

    expect(await warnings(live)).toEqual([
      expect.stringMatching(/concurrency: .* take 14\. More webhooks at once get 5xx/),
    ]);
  });
});

test('cdk deploy that fails is answered with exit code 1', async () => {
  expect(await run(live, 1)).toMatchObject({
    code: 1,
    complaints: ['The deploy failed. Its lines above say why.'],
  });
});

test.each([
  [[], 2, /required option '--stage <name>'/],
  [['--stage', 'prd'], 2, /There is no stage "prd": cdk\.json has local, test, prod/],
  [['--stage', 'prod'], 1, /mode = "live" needs attentionEmail/],
  [['--stage', 'test', '-c', 'mode'], 2, /Give <setting>=<value>/],
  [['--stage', 'test', '-c', 'region=us-east-1'], 1, /region = "us-east-1" must be "eu-central-1"/],
])('%j is answered with one line, and AWS is not called', async (args, code, line) => {
  aws.calls.length = 0;

  expect(await run(args)).toEqual({
    code,
    lines: [],
    complaints: [expect.stringMatching(line)],
    deploys: [],
  });
  expect(aws.calls).toEqual([]);
});

test('--help explains the options', async () => {
  const { code, lines } = await run(['--help']);

  expect(code).toBe(0);
  expect(lines.join('\n')).toMatch(/--stage <name>.*--check.*--yes/s);
});
