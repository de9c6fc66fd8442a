import { readStage, SettingError } from '../../infra/settings/stage.ts';
import { defaultPolicy } from '../../lib/config/policy.ts';

/** A CDK context: its own flags, our stages, and the settings of the command line. No stage sends a mail. */
const context = (commandLine: Record<string, unknown> = {}, block: Record<string, unknown> = {}) => ({
  attentionEmail: 'none',
  region: 'eu-west-1',
  '@aws-cdk/core:checkSecretUsage': true,
  'aws:cdk:enable-path-metadata': true,
  stage: 'test',
  stages: { test: block, prod: { logRetentionDays: 90 } },
  ...commandLine,
});

const domain = {
  domainName: 'hooks.example.com',
  certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/1-a',
};

const complaint = (commandLine: Record<string, unknown>, block?: Record<string, unknown>): string => {
  try {
    readStage(context(commandLine, block));
  } catch (error) {
    if (error instanceof SettingError) return error.message;
    throw error;
  }
  throw new Error('Expected a SettingError.');
};

test('a live stage needs an address for notices, or must say that there is none', () => {
  const { attentionEmail: _, ...unsaid } = context();
  expect(() => readStage(unsaid)).toThrow(
    'mode = "live" needs attentionEmail, the address that gets the notices of returns',
  );
  expect(readStage({ ...unsaid, mode: 'observe' }).settings.attentionEmail).toBeUndefined();
});

test('a stage needs a region of the EU', () => {
  const { region: _, ...unsaid } = context();
  const regions =
    '"eu-central-1" or "eu-north-1" or "eu-south-1" or "eu-south-2" or "eu-west-1" or "eu-west-3"';

  expect(() => readStage(unsaid)).toThrow(`Settings of stage "test": region = nothing must be ${regions}.`);
  expect(complaint({ region: 'us-east-1' })).toContain(`region = "us-east-1" must be ${regions}`);
});

test('an empty block is a stage with every default', () => {
  const stage = readStage(context());

  expect(stage.name).toBe('test');
  expect(stage.policy).toEqual(defaultPolicy);
  expect(stage.settings).toMatchObject({
    igfBaseUrl: 'https://api.itgoesforward.com/api/v1',
    throttling: { rate: 10, burst: 50 },
    tracing: 'off',
    logRetentionDays: 30,
    workerConcurrency: 2,
  });
});

test('the command line chooses another block', () => {
  expect(readStage(context({ stage: 'prod' }))).toMatchObject({
    name: 'prod',
    settings: { logRetentionDays: 90 },
  });
});

test('the policy contains the merchant’s decisions only', () => {
  expect(Object.keys(readStage(context()).policy).sort()).toEqual(Object.keys(defaultPolicy).sort());
});

test.each([
  ['text', { mode: 'observe' }, { mode: 'observe' }],
  ['a number', { workerConcurrency: '4' }, { workerConcurrency: 4 }],
  ['a number of hours', { refundPresumedHours: '72.5' }, { refundPresumedHours: 72.5 }],
  ['a rule of IGF', { forward: 'each-item' }, { forward: 'each-item' }],
  ['how tracked returns are treated', { trackedReturns: 'hold' }, { trackedReturns: 'hold' }],
  ['the sku', { sku: 'article_number' }, { sku: 'article_number' }],
  ['a number in which 0 has a meaning', { noWebhookHours: '0' }, { noWebhookHours: 0 }],
  ['a list', { countries: 'NL, BE' }, { countries: ['NL', 'BE'] }],
  ['an address', { attentionEmail: 'returns@example.com' }, { attentionEmail: 'returns@example.com' }],
  ['a part of a setting', { 'throttling.rate': '5' }, { throttling: { rate: 5, burst: 50 } }],
  [
    'one entry of a setting',
    { 'igfPaths.cancelListing': 'PUT /listings/{listingId}/cancel' },
    { igfPaths: { cancelListing: 'PUT /listings/{listingId}/cancel' } },
  ],
  [
    'a setting in JSON',
    { igfPaths: '{"getInfo":"GET /tenant/info"}' },
    { igfPaths: { getInfo: 'GET /tenant/info' } },
  ],
  ['the account', { account: '012345678901' }, { account: '012345678901' }],
  ['the domain name', domain, domain],
  ['a typed value, as a program passes it', { workerConcurrency: 4 }, { workerConcurrency: 4 }],
])('the command line overrides %s', (_, commandLine, expected) => {
  expect(readStage(context(commandLine)).settings).toMatchObject(expected);
});

test('the command line overrides single settings of the block', () => {
  const block = { mode: 'live', throttling: { rate: 10, burst: 20 } };

  const { settings } = readStage(context({ mode: 'observe', 'throttling.burst': '30' }, block));

  expect(settings).toMatchObject({ mode: 'observe', throttling: { rate: 10, burst: 30 } });
  expect(block).toEqual({ mode: 'live', throttling: { rate: 10, burst: 20 } });
});

test.each([
  [{ mode: 'obsrve' }, 'mode = "obsrve" must be "live" or "observe"'],
  [{ rmaItemOpens: 'true' }, 'there is no setting rmaItemOpens, only mode, '],
  [{ forward: 'all' }, 'forward = "all" must be "single-item" or "each-item"'],
  [{ trackedReturns: 'on' }, 'trackedReturns = "on" must be "list" or "hold"'],
  [{ sku: 'mpn' }, 'sku = "mpn" must be "winkelstraat" or "article_number"'],
  [{ refundPresumedHours: '0' }, 'refundPresumedHours = 0 must be a number of hours above 0'],
  [{ refundPresumedHours: '-84' }, 'refundPresumedHours = -84 must be a number of hours above 0'],
  [{ refundPresumedHours: 'soon' }, 'refundPresumedHours = "soon" must be of type number'],
  [{ workerConcurrency: '1' }, 'workerConcurrency = 1 '],
  [{ workerConcurrency: 'many' }, 'workerConcurrency = "many" must be of type'],
  [{ reconcileMinutes: '10.5' }, 'reconcileMinutes = 10.5 must be of type int'],
  [{ logRetentionDays: '8' }, 'logRetentionDays = 8 must be one of 1, 3, 5'],
  [{ countries: 'nl' }, 'countries.0 = "nl" must be a country code of ISO 3166-1 in two capitals'],
  [{ countries: 'NL,UK' }, 'countries.1 = "UK" must be a country code of ISO 3166-1'],
  [{ countries: 'NL,UK' }, 'the United Kingdom is GB'],
  [{ countries: 'XX' }, 'countries.0 = "XX" must be a country code of ISO 3166-1'],
  [{ igfBaseUrl: 'http://igf.example/api' }, 'igfBaseUrl = "http://igf.example/api" must be an https URL'],
  [{ igfPaths: '{' }, 'igfPaths = "{" must be of type record'],
  [
    { 'igfPaths.cancelListng': 'PUT /x' },
    'igfPaths.cancelListng = "PUT /x" must correct an operation that docs/igf.md names: did you mean cancelListing?',
  ],
  [
    { 'igfPaths.cancelListing': 'PUT /listings/{id}/cancel' },
    'must have the parameter {listingId} and no other',
  ],
  ...['returns', 'a@b', 'a b@example.com', 'one@example.com,two@example.com', ''].map(
    (attentionEmail): [Record<string, unknown>, string] => [
      { attentionEmail },
      `attentionEmail = ${JSON.stringify(attentionEmail)} must be one e-mail address`,
    ],
  ),
  [{ alarmEmail: 'ops' }, 'alarmEmail = "ops" must be one e-mail address, or "none"'],
  [{ account: '123' }, 'account = "123" must be the 12 digits of an AWS account, as text'],
  [{ domainName: 'https://hooks.example.com' }, 'must be a domain name in lower case, without https://'],
  [{ domainName: 'hooks.example.com' }, 'domainName and certificateArn need each other'],
  [{ ...domain, certificateArn: 'x' }, 'certificateArn = "x" must be the ARN of a certificate'],
  [{ ...domain, region: 'eu-west-3' }, 'certificate/1-a" must be of region = "eu-west-3"'],
  [{ tracing: 'on' }, 'tracing = "on" must be "off" or "workers" or "all"'],
  [{ noWebhookHours: '200' }, 'noWebhookHours = 200 '],
  [{ igfMaxPerSecond: '0' }, 'igfMaxPerSecond = 0 '],
  [{ igfMaxPerSecond: 'fast' }, 'igfMaxPerSecond = "fast" must be of type number'],
  [
    { igfMaxPerSecond: '1' },
    'igfMaxPerSecond = 1 must be at least 1.25 with workerConcurrency = 2: 5 environments share it',
  ],
  [
    { workerConcurrency: '100' },
    'igfMaxPerSecond = 20 must be at least 50.25 with workerConcurrency = 100: 201 environments share it',
  ],
  [{ 'throttling.rate': '0' }, 'throttling.rate = 0 '],
  [{ 'throttling.rat': '5' }, 'there is no setting throttling.rat, only rate, burst'],
  [{ mdoe: 'observe' }, 'there is no setting mdoe, only mode, '],
  [{ 'mode.x': '1' }, 'there is no setting mode.x, only mode, '],
  [{ stage: 'prd' }, 'stage = "prd": cdk.json has test, prod'],
])('%j on the command line is answered with the allowed values', (commandLine, expected) => {
  expect(complaint(commandLine)).toContain(expected);
});

test('an unknown key in a block is refused, not ignored', () => {
  expect(complaint({}, { moode: 'observe' })).toContain('there is no setting moode, only mode, ');
});

test('all faults are reported in one line', () => {
  const line = complaint({ mode: 'a\nb', logRetentionDays: '8' }, { moode: 1 });

  expect(line).not.toContain('\n');
  expect(line).toMatch(/mode.*logRetentionDays.*moode/);
});

test('http is allowed to this machine, where the local runtime has its simulator', () => {
  const igfBaseUrl = 'http://127.0.0.1:4010/api/v1';

  expect(readStage(context({ igfBaseUrl })).settings.igfBaseUrl).toBe(igfBaseUrl);
});

test('a stage name that does not fit into resource names is refused', () => {
  const stages = { 'A stage': {} };

  expect(() => readStage({ stage: 'A stage', stages })).toThrow('lower case letters');
});
