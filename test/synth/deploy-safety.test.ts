import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { at, list, synthesizeStage } from './template.ts';

const root = join(import.meta.dirname, '../..');
const [observing, live] = [synthesizeStage({ stage: 'test' }), synthesizeStage({ stage: 'prod' })];

describe('logical ids', () => {
  /** A resource whose logical id changes is replaced: its contents, its name and its URL are gone. */
  const idsOf = (type: string) =>
    live
      .all(type)
      .map(({ id }) => id)
      .sort();

  test.each([
    ['AWS::DynamoDB::Table', ['TableCD117FA1']],
    [
      'AWS::SQS::Queue',
      [
        'IgfQueueC5EEAF0B',
        'IgfQueueDeadLettersE5B00CAF',
        'QuarantineQueue7DCA55F2',
        'QuarantineQueueDeadLetters84521795',
        'WinkelstraatQueueCEB6B71B',
        'WinkelstraatQueueDeadLetters9A007296',
      ],
    ],
    [
      'AWS::SecretsManager::Secret',
      ['SecretsIgfKey9F56565B', 'SecretsIgfPathTokenBB66B05D', 'SecretsWinkelstraatKey1238EA11'],
    ],
    ['AWS::ApiGatewayV2::Api', ['ApiF70053CD']],
    ['AWS::SNS::Topic', ['AlarmMails2EA0AE5A', 'Attention679D81E6']],
  ])('of %s are what they were at the first deploy', (type, ids) => {
    expect(idsOf(type)).toEqual(ids);
  });
});

describe('a live stage', () => {
  test('is protected from being deleted as a whole', () => {
    expect([observing.terminationProtection, live.terminationProtection]).toEqual([false, true]);
  });

  test('keeps its queues when the stack is deleted, and when a change would replace them', () => {
    const policies = live
      .all('AWS::SQS::Queue')
      .map(({ whenDeleted, whenReplaced }) => [whenDeleted, whenReplaced]);

    expect(policies).toEqual(Array(6).fill(['RetainExceptOnCreate', 'Retain']));
  });
});

test('a stage that observes takes its queues along when it is deleted', () => {
  expect(observing.all('AWS::SQS::Queue').map(({ whenDeleted }) => whenDeleted)).toEqual(
    Array(6).fill('Delete'),
  );
});

test('a first deploy that fails leaves only the table behind', () => {
  const left = live.resources.filter(({ whenDeleted }) => whenDeleted === 'Retain');

  expect(left.map(({ type }) => type)).toEqual(['AWS::DynamoDB::Table']);
});

test.each([observing, live])(
  'the template of $stackName is ASCII, so that cdk import and cdk diff read it',
  ({ text }) => {
    expect(text.match(/[^\x20-\x7e\n]/gu)).toBeNull();
  },
);

test('every queue takes messages of 1 MiB, whatever the default of the region is', () => {
  expect(live.all('AWS::SQS::Queue').map(({ properties }) => properties.MaximumMessageSize)).toEqual(
    Array(6).fill(1_048_576),
  );
});

describe('region and account', () => {
  test('are those of the stage, whatever the shell has', () => {
    const pinned = synthesizeStage({ stage: 'test', region: 'eu-central-1', account: '123456789012' });

    expect(live.environment).toBe('aws://unknown-account/eu-west-1');
    expect(pinned.environment).toBe('aws://123456789012/eu-central-1');
  });
});

describe('a domain name of the stage', () => {
  const certificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/1234-abcd';
  const named = synthesizeStage({ stage: 'prod', domainName: 'hooks.example.com', certificateArn });
  const urls = ({ outputs }: typeof live) => Object.entries(outputs).filter(([key]) => /V\d.*Url$/.test(key));

  test('is in every URL of a webhook, and in those that the reconciler expects at IGF', () => {
    const reconciler = named.one('AWS::Lambda::Function', ({ id }) => id.startsWith('Reconciler'));

    expect(urls(named).length).toBe(22);
    for (const [, url] of urls(named))
      expect(url).toMatch(/^https:\/\/hooks\.example\.com\/(winkelstraat|igf)\//);
    expect(at(reconciler.properties, 'Environment', 'Variables', 'API_URL')).toBe(
      'https://hooks.example.com',
    );
  });

  test('leads to the API, whose own URL is off', () => {
    const domain = named.one('AWS::ApiGatewayV2::DomainName');
    const mapping = named.one('AWS::ApiGatewayV2::ApiMapping');
    const [api, stage] = [named.one('AWS::ApiGatewayV2::Api'), named.one('AWS::ApiGatewayV2::Stage')];

    expect(list(domain.properties.DomainNameConfigurations)).toEqual([
      { CertificateArn: certificateArn, EndpointType: 'REGIONAL' },
    ]);
    expect(mapping.properties).toMatchObject({
      ApiId: `<${api.id}>`,
      Stage: stage.properties.StageName,
      DomainName: `<${domain.id}>`,
    });
    expect(mapping.id).toMatch(/^ApiDomainMapping/);
    expect(api.properties.DisableExecuteApiEndpoint).toBe(true);
    expect(named.outputs.DomainNameTarget).toBe(`<${domain.id}.RegionalDomainName>`);
  });

  test('is not needed: without one, the URLs are those of AWS', () => {
    expect(live.all('AWS::ApiGatewayV2::DomainName')).toEqual([]);
    expect(live.one('AWS::ApiGatewayV2::Api').properties.DisableExecuteApiEndpoint).toBe(false);
    for (const [, url] of urls(live)) expect(url).toMatch(/^<ApiF70053CD\.ApiEndpoint>\//);
  });
});

test('a request of every route is throttled on its own, by default at 10 a second and 50 at once', () => {
  expect(live.one('AWS::ApiGatewayV2::Stage').properties.DefaultRouteSettings).toMatchObject({
    ThrottlingRateLimit: 10,
    ThrottlingBurstLimit: 50,
  });
});

describe('traces', () => {
  const traced = (template: typeof live) =>
    template
      .all('AWS::Lambda::Function')
      .filter(({ properties }) => at(properties, 'TracingConfig', 'Mode') === 'Active')
      .map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''))
      .sort();
  const workers = [
    'IgfWorker',
    'QuarantineWatch',
    'QuarantineWorker',
    'ReconcilerFunction',
    'WinkelstraatWorker',
  ];

  test('are of no function, unless the setting says otherwise: each is billed', () => {
    expect(traced(live)).toEqual([]);
    expect(traced(synthesizeStage({ tracing: 'workers' }))).toEqual(workers);
    expect(traced(synthesizeStage({ tracing: 'all' })).length).toBe(live.all('AWS::Lambda::Function').length);
  });
});

test('cdk.json sets every feature flag as CDK recommends it, because a later change can replace resources', () => {
  const read = (file: string) =>
    JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, unknown>;
  const context = z.looseObject({}).parse(read('cdk.json').context);
  const recommended = read('node_modules/aws-cdk-lib/recommended-feature-flags.json');

  // AWS in China is another partition, with other service principals.
  const ours = { ...recommended, '@aws-cdk/core:target-partitions': ['aws'] };
  expect(Object.fromEntries(Object.entries(context).filter(([key]) => key.includes(':')))).toEqual(ours);
});
