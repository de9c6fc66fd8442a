import { senders } from '../../lib/webhooks/catalogue.ts';
import { environmentOf, permissionsOf, statementsOf } from './architecture.ts';
import { at, list, synthesize } from './template.ts';

const template = synthesize({ stage: 'test', attentionEmail: 'returns@example.com' });
const topic = template.one('AWS::SNS::Topic');

test('who is named in the stage is asked to subscribe by mail', () => {
  expect(template.one('AWS::SNS::Subscription').properties).toEqual({
    Protocol: 'email',
    Endpoint: 'returns@example.com',
    TopicArn: `<${topic.id}>`,
  });
});

test('without an address there is a topic that anybody may subscribe to later', () => {
  const silent = synthesize({ stage: 'test' });

  expect(silent.all('AWS::SNS::Subscription')).toEqual([]);
  expect(silent.all('AWS::SNS::Topic')).toHaveLength(1);
});

test('the topic is told to a person after a deploy', () => {
  expect(template.outputs.AttentionTopicArn).toBe(`<${topic.id}>`);
});

test('the topic takes messages over TLS only, from alarms of this account, and from nobody else by its policy', () => {
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

test('it has no key: alarms could not publish with the free one, and it holds no person’s data', () => {
  expect(topic.properties).not.toHaveProperty('KmsMasterKeyId');
});

test('every alarm rings there', () => {
  const alarms = template.all('AWS::CloudWatch::Alarm');

  expect(alarms.length).toBeGreaterThanOrEqual(senders.length);
  for (const { properties } of alarms) expect(properties.AlarmActions).toEqual([`<${topic.id}>`]);
});

test('only who knows the topic may publish on it, and who does not is not told its name', () => {
  const functions = template.all('AWS::Lambda::Function');
  const told = functions.filter((fn) => 'ATTENTION_TOPIC_ARN' in environmentOf(fn));
  const allowed = functions.filter((fn) =>
    permissionsOf(template, fn).some((permission) => permission === `sns:Publish <${topic.id}>`),
  );

  expect(allowed.map(({ id }) => id)).toEqual(told.map(({ id }) => id));
  expect(told.length).toBeGreaterThanOrEqual(senders.length);
});
