import { type Access, type Decision, decide, PolicyDocument } from '../../../../infra/local/iam/policy.ts';

const table = 'arn:aws:dynamodb:eu-central-1:000000000000:table/orders';
const send = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-central-1:1:queue' };

const read = (...statements: object[]) =>
  PolicyDocument.parse({ Version: '2012-10-17', Statement: statements }).Statement;

const decision = (statements: object[], access: Partial<Access> = {}): Decision =>
  decide(read(...statements), {
    action: 'sqs:SendMessage',
    resource: 'arn:aws:sqs:eu-central-1:1:queue',
    ...access,
  });

test('a call is allowed by a statement with its action and its resource, and by no other', () => {
  expect(decision([send])).toBe('allow');
  expect(decision([send], { action: 'sqs:DeleteMessage' })).toBe('implicit deny');
  expect(decision([send], { resource: 'arn:aws:sqs:eu-central-1:1:another' })).toBe('implicit deny');
  expect(decision([])).toBe('implicit deny');
});

test('action and resource must stand in the same statement', () => {
  const other = { ...send, Resource: 'arn:aws:sqs:eu-central-1:1:another', Action: 'sqs:DeleteMessage' };
  expect(decision([send, other], { action: 'sqs:DeleteMessage' })).toBe('implicit deny');
});

test('each item of a list counts', () => {
  const both = { ...send, Action: ['sqs:ReceiveMessage', 'sqs:SendMessage'], Resource: ['x', send.Resource] };
  expect(decision([both])).toBe('allow');
});

test.each([
  ['before', [{ ...send, Effect: 'Deny' }, send]],
  ['after', [send, { ...send, Effect: 'Deny' }]],
])('a deny %s an allow wins', (_where, statements) => {
  expect(decision(statements)).toBe('explicit deny');
});

test.each([
  ['sqs:*', 'allow'],
  ['sqs:Send*', 'allow'],
  ['SQS:sendmessage', 'allow'],
  ['sqs:SendMessag?', 'allow'],
  ['*', 'allow'],
  ['sqs:SendMessage?', 'implicit deny'],
  ['sqs.SendMessage', 'implicit deny'],
  ['s', 'implicit deny'],
])('the action %s: %s', (Action, expected) => {
  expect(decision([{ ...send, Action }])).toBe(expected);
});

test.each([
  ['*', 'allow'],
  ['arn:aws:sqs:*:*:queue', 'allow'],
  ['arn:aws:sqs:eu-central-1:1:Queue', 'implicit deny'],
  ['arn:aws:sqs:eu-central-1:1:queu', 'implicit deny'],
])('the resource %s: %s', (Resource, expected) => {
  expect(decision([{ ...send, Resource }])).toBe(expected);
});

describe('the condition on leading keys', () => {
  const rejected = (condition: object) => [
    { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: table, Condition: condition },
  ];
  const like = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['REJECTED#*'] } };
  const present = { Null: { 'dynamodb:LeadingKeys': 'false' } };
  const put = (keys?: string[]): Partial<Access> => ({
    action: 'dynamodb:PutItem',
    resource: table,
    leadingKeys: keys,
  });

  test('allows the keys that it names, and no other', () => {
    expect(decision(rejected(like), put(['REJECTED#1']))).toBe('allow');
    expect(decision(rejected(like), put(['ORDER#1']))).toBe('implicit deny');
    expect(decision(rejected(like), put(['REJECTED#1', 'ORDER#1']))).toBe('implicit deny');
  });

  test('allows a call without keys, unless Null forbids it', () => {
    expect(decision(rejected(like), put())).toBe('allow');
    expect(decision(rejected({ ...like, ...present }), put())).toBe('implicit deny');
    expect(decision(rejected({ ...like, ...present }), put(['REJECTED#1']))).toBe('allow');
  });

  test('Null true asks for a call without keys', () => {
    const absent = { Null: { 'dynamodb:LeadingKeys': true } };
    expect(decision(rejected(absent), put())).toBe('allow');
    expect(decision(rejected(absent), put(['ORDER#1']))).toBe('implicit deny');
  });
});

test.each([
  ['an operator', { ...send, Condition: { StringEquals: { 'dynamodb:LeadingKeys': 'a' } } }],
  ['a key of a condition', { ...send, Condition: { Null: { 'aws:SourceIp': 'true' } } }],
  ['NotAction', { Effect: 'Allow', NotAction: 'sqs:*', Resource: '*' }],
  ['NotResource', { Effect: 'Allow', Action: 'sqs:*', NotResource: 'x' }],
  ['Principal', { ...send, Principal: '*' }],
  ['a policy variable', { ...send, Resource: ['arn:aws:sqs:eu-central-1:1:$', '{aws:username}'].join('') }],
  ['an effect', { ...send, Effect: 'Perhaps' }],
])('%s that is not known is refused when the policy is read', (_what, statement) => {
  expect(() => read(statement)).toThrow();
});
