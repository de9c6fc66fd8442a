import { secretOf } from './architecture.ts';
import { list, synthesize } from './template.ts';

const template = synthesize();

describe('the table', () => {
  const table = template.one('AWS::DynamoDB::Table');
  const key = (partition: string, sort?: string) => [
    { AttributeName: partition, KeyType: 'HASH' },
    ...(sort ? [{ AttributeName: sort, KeyType: 'RANGE' }] : []),
  ];

  test('has the keys pk and sk, and every key is text', () => {
    expect(table.properties.KeySchema).toEqual(key('pk', 'sk'));
    expect(
      list(table.properties.AttributeDefinitions).filter((one) => Object(one).AttributeType !== 'S'),
    ).toEqual([]);
  });

  test('can be restored to any second, and is neither deleted by hand nor with the stack', () => {
    expect(table.properties).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
    expect(table).toMatchObject({ whenDeleted: 'Retain', whenReplaced: 'Retain' });
  });

  test('is paid by the call, encrypted, and forgets items whose time has come', () => {
    expect(table.properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });

  test('lists what waits for somebody by when it is due, and finds a person', () => {
    expect(list(table.properties.GlobalSecondaryIndexes)).toEqual(
      expect.arrayContaining([
        { IndexName: 'tasks', KeySchema: key('task', 'due'), Projection: { ProjectionType: 'ALL' } },
        { IndexName: 'person', KeySchema: key('emailHash'), Projection: { ProjectionType: 'KEYS_ONLY' } },
      ]),
    );
  });

  test('is named in the outputs', () => {
    expect(template.outputs).toHaveProperty('TableName', `<${table.id}>`);
  });
});

describe.each(['WinkelstraatKeySecret', 'IgfKeySecret', 'IgfPathTokenSecret'])('%s', (output) => {
  const secret = secretOf(template, output);

  test('is a secret that the outputs name', () => {
    expect(secret.type).toBe('AWS::SecretsManager::Secret');
  });

  test('is created without a value, so that a forgotten one fails closed instead of being a guess', () => {
    expect(secret.properties).not.toHaveProperty('SecretString');
    expect(secret.properties).not.toHaveProperty('GenerateSecretString');
  });

  test('outlives the stack, because its value exists nowhere else', () => {
    expect(secret).toMatchObject({ whenDeleted: 'Retain', whenReplaced: 'Retain' });
  });
});
