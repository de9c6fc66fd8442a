import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeAll, beforeEach } from '@jest/globals';
import { readLocalWorld } from '../../../infra/local-world.ts';
import { documentsOf, settingsAt } from '../../../infra/ops/aws/open-bridge.ts';
import { AwsJsonClient } from '../../../lib/runtime/aws-json.ts';
import { readCurrent } from '../../../lib/runtime/secret.ts';
import { type AwsAccount, inAwsAccount } from '../../support/aws-account.ts';
import { eachRuntime } from '../../support/local-runtime.ts';

const topics = { AttentionTopicArn: 'arn:attention', AlarmTopicArn: 'arn:alarms' };

interface SoundStage {
  aws: AwsAccount;
  world: ReturnType<typeof readLocalWorld>;
  sqs: SQSClient;
  dynamodb: DynamoDBDocumentClient;
  /** The name of its stack. */
  readonly stack: string;
  /** An output of its stack. */
  output(name: string): string;
  /** The stack has one alarm, in this state. */
  alarmIs(state: string): void;
}

/**
 * A stage for the tests of a file, in which nothing is wrong before each test. The local runtime is the stage `test` as
 * deployed. The rest of its AWS account is a stub.
 */
export function eachSoundStage(): SoundStage {
  const runtime = eachRuntime({ context: { stage: 'test', mode: 'live', attentionEmail: 'none' } });
  const stack = 'returns-bridge-test';
  const output = (name: string): string => at.world.outputs[name] ?? '';
  const alarmIs = (state: string): void => {
    at.aws.alarms.splice(0, 9, { name: `${stack}-igf-down`, state, text: 'It means something.' });
  };
  const at = { stack, output, alarmIs } as SoundStage;
  let token = '';

  beforeAll(() => {
    at.world = readLocalWorld(runtime.folder);
  });
  inAwsAccount(async (account) => {
    at.aws = account;
    const { endpoints, stage } = at.world;
    const client = { region: stage.settings.region };
    const secrets = new AwsJsonClient('secretsmanager', {
      AWS_ENDPOINT_URL: endpoints.secretsManager,
      AWS_REGION: client.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
    const getValue = (input: object) => secrets.call('GetSecretValue', input);
    [token = ''] = await readCurrent(getValue, output('IgfPathTokenSecret'))();
    at.dynamodb = documentsOf(new DynamoDBClient({ ...client, ...settingsAt(endpoints.dynamodb) }));
    at.sqs = new SQSClient({ ...client, ...settingsAt(endpoints.sqs) });
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
      AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    });
  });
  beforeEach(() => {
    const { aws, world } = at;
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
  return at;
}
