import { senders } from '../../lib/webhooks/catalogue.ts';
import { environmentOf, permissionsOf, statementsOf } from './architecture.ts';
import { at, list, synthesizeStage } from './template.ts';

const template = synthesizeStage({ stage: 'test', attentionEmail: 'returns@example.com' });
const topic = template.one('AWS::SNS::Topic');

test('the stage’s address is subscribed by mail', () => {
  expect(template.one('AWS::SNS::Subscription').properties).toEqual({
    Protocol: 'email',
    Endpoint: 'returns@example.com',
    TopicArn: `<${topic.id}>`,
  });
});

test('without an address the topic exists, and people can subscribe to it later', () => {
  const withoutAddress = synthesizeStage({ stage: 'test' });

  expect(withoutAddress.all('AWS::SNS::Subscription')).toEqual([]);
  expect(withoutAddress.all('AWS::SNS::Topic')).toHaveLength(1);
});

test('the outputs name the topic', () => {
  expect(template.outputs.AttentionTopicArn).toBe(`<${topic.id}>`);
});

test('the topic’s policy admits only TLS, and only alarms of this account', () => {
  const policies = template
    .all('AWS::SNS::TopicPolicy')
    .filter(({ properties }) => list(properties.Topics).includes(`<${topic.id}>`));

  expect(policies.flatMap(statementsOf)).toEqual([
    {
      effect: 'Deny',
      actions: ['sns:Publish'],
      resources: [`<${topic.id}>`],
      condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    {
      effect: 'Allow',
      actions: ['sns:Publish'],
      resources: [`<${topic.id}>`],
      condition: { StringEquals: { 'aws:SourceAccount': '<AWS::AccountId>' } },
    },
  ]);
  const principals = policies.flatMap(({ properties }) =>
    list(at(properties, 'PolicyDocument', 'Statement')).map((statement) => at(statement, 'Principal')),
  );
  expect(principals).toEqual(['*', { Service: 'cloudwatch.amazonaws.com' }]);
});

test('the topic has no KMS key, because alarms cannot publish to a topic with the free one', () => {
  expect(topic.properties).not.toHaveProperty('KmsMasterKeyId');
});

describe.each(template.all('AWS::CloudWatch::Alarm'))('the alarm $id', ({ properties }) => {
  test('publishes on the topic when it fires', () => {
    expect(properties.AlarmActions).toEqual([`<${topic.id}>`]);
  });

  test('says what it means and what to do, in sentences', () => {
    expect(properties.AlarmDescription).toMatch(/^[A-Z].*\. [A-Z].*\.$/);
  });
});

test('each sender’s DLQ has an alarm', () => {
  expect(template.all('AWS::CloudWatch::Alarm').length).toBeGreaterThanOrEqual(senders.length);
});

test('the functions that may publish on the topic are those that know it', () => {
  const functions = template.all('AWS::Lambda::Function');
  const informed = functions.filter((fn) => 'ATTENTION_TOPIC_ARN' in environmentOf(fn));
  const allowed = functions.filter((fn) =>
    permissionsOf(template, fn).some((permission) => permission === `sns:Publish <${topic.id}>`),
  );

  expect(allowed.map(({ id }) => id)).toEqual(informed.map(({ id }) => id));
  expect(informed.length).toBeGreaterThanOrEqual(senders.length);
});
