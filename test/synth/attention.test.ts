import { senders } from '../../lib/webhooks/catalogue.ts';
import { environmentOf, permissionsOf, statementsOf } from './architecture.ts';
import { at, list, synthesizeStage } from './template.ts';

const template = synthesizeStage({
  stage: 'test',
  attentionEmail: 'returns@example.com',
  alarmEmail: 'none',
});
const topic = template.one('AWS::SNS::Topic', ({ id }) => id.startsWith('Attention'));

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
  expect(withoutAddress.all('AWS::SNS::Topic')).toHaveLength(2);
});

test('the outputs name the topic', () => {
  expect(template.outputs.AttentionTopicArn).toBe(`<${topic.id}>`);
});

test.each([
  ['Attention', []],
  [
    'AlarmMails',
    [{ effect: 'Allow', condition: { StringEquals: { 'aws:SourceAccount': '<AWS::AccountId>' } } }],
  ],
])(
  'the policy of the topic %s admits only TLS, and alarms of this account where they publish',
  (id, allowed) => {
    const its = template.one('AWS::SNS::Topic', (each) => each.id.startsWith(id));
    const policies = template
      .all('AWS::SNS::TopicPolicy')
      .filter(({ properties }) => list(properties.Topics).includes(`<${its.id}>`));
    const common = { actions: ['sns:Publish'], resources: [`<${its.id}>`] };
    expect(policies.flatMap(statementsOf)).toEqual([
      { ...common, effect: 'Deny', condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ...allowed.map((statement) => ({ ...common, ...statement })),
    ]);
    const principals = policies.flatMap(({ properties }) =>
      list(at(properties, 'PolicyDocument', 'Statement')).map((statement) => at(statement, 'Principal')),
    );
    expect(principals).toEqual(['*', ...allowed.map(() => ({ Service: 'cloudwatch.amazonaws.com' }))]);
  },
);

test('the topic has no KMS key, because alarms cannot publish to a topic with the free one', () => {
  expect(topic.properties).not.toHaveProperty('KmsMasterKeyId');
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
