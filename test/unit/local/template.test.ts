import { resolveTemplate, resolveText, type Scope } from '../../../infra/local/template.ts';

const scope: Scope = {
  resources: new Map([
    [
      'Queue',
      {
        ref: 'http://127.0.0.1:4566/000000000000/queue',
        attributes: { Arn: 'arn:queue', QueueName: 'queue' },
      },
    ],
  ]),
  pseudo: { 'AWS::Region': 'eu-central-1', 'AWS::Partition': 'aws' },
};

describe('intrinsic functions', () => {
  test.each<[string, unknown, unknown]>([
    ['a resource', { Ref: 'Queue' }, 'http://127.0.0.1:4566/000000000000/queue'],
    ['a pseudo parameter', { Ref: 'AWS::Region' }, 'eu-central-1'],
    ['an attribute', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:queue'],
    ['a join', { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 'sqs']] }, 'arn:aws:sqs'],
    ['a text with names', { 'Fn::Sub': `\${AWS::Region}-\${AWS::Partition}` }, 'eu-central-1-aws'],
  ])('resolve %s', (_what, value, expected) => {
    expect(resolveTemplate(value, scope)).toBe(expected);
  });

  test('are found at any depth, and everything else stays as it is', () => {
    const value = { a: [{ b: { Ref: 'Queue' } }, 1, null, true], c: { 'Not::Fn': 'x' }, Refs: 'y' };
    expect(resolveTemplate(value, scope)).toEqual({
      a: [{ b: 'http://127.0.0.1:4566/000000000000/queue' }, 1, null, true],
      c: { 'Not::Fn': 'x' },
      Refs: 'y',
    });
  });

  test.each<[unknown, string]>([
    [{ Ref: 'Missing' }, 'Ref Missing'],
    [{ 'Fn::GetAtt': ['Queue', 'Missing'] }, 'Fn::GetAtt Queue.Missing'],
    [{ 'Fn::Sub': `\${Missing}` }, 'Ref Missing'],
    [{ 'Fn::ImportValue': 'x' }, 'Fn::ImportValue'],
  ])('that can not be resolved (%j) are reported by name', (value, name) => {
    expect(() => resolveTemplate(value, scope)).toThrow(`the local runtime does not know ${name}`);
  });

  test('become text where text is needed', () => {
    expect(resolveText(120, scope)).toBe('120');
    expect(resolveText({ Ref: 'AWS::Region' }, scope)).toBe('eu-central-1');
    expect(() => resolveText({ a: 1 }, scope)).toThrow('expected text');
  });
});
