import { secretOf } from './architecture.ts';
import { list, synthesizeStage } from './template.ts';

const template = synthesizeStage();

describe('the table', () => {
  const table = template.one('AWS::DynamoDB::Table');
  const key = (partition: string, sort?: string) => [
    { AttributeName: partition, KeyType: 'HASH' },
    ...(sort ? [{ AttributeName: sort, KeyType: 'RANGE' }] : []),
  ];

  test('has the keys pk and sk, and every key is a string', () => {
    expect(table.properties.KeySchema).toEqual(key('pk', 'sk'));
    expect(
      list(table.properties.AttributeDefinitions).filter((one) => Object(one).AttributeType !== 'S'),
    ).toEqual([]);
  });

  test('can be restored to any second, and is protected from deletion by hand and with the stack', () => {
    expect(table.properties).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      DeletionProtectionEnabled: true,
    });
    expect(table).toMatchObject({ whenDeleted: 'Retain', whenReplaced: 'Retain' });
  });

  test('is paid per request up to a ceiling, encrypted, and deletes expired items', () => {
    expect(table.properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      OnDemandThroughput: { MaxWriteRequestUnits: 500 },
      SSESpecification: { SSEEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
  });

  test('has an index that lists open tasks by their due time, and one that finds a person, with keys alone', () => {
    expect(table.properties.GlobalSecondaryIndexes).toEqual([
      { IndexName: 'tasks', KeySchema: key('task', 'due'), Projection: { ProjectionType: 'KEYS_ONLY' } },
      {
        IndexName: 'person',
        KeySchema: key('emailHash', 'pk'),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ]);
  });

  test('is one of the outputs', () => {
    expect(template.outputs).toHaveProperty('TableName', `<${table.id}>`);
  });
});

describe.each(['WinkelstraatKeySecret', 'IgfKeySecret', 'IgfPathTokenSecret'])('%s', (output) => {
  const secret = secretOf(template, output);

  test('names a secret', () => {
    expect(secret.type).toBe('AWS::SecretsManager::Secret');
  });

  test('is created without a value, so that a forgotten one fails closed', () => {
    expect(secret.properties).not.toHaveProperty('SecretString');
    expect(secret.properties).not.toHaveProperty('GenerateSecretString');
  });

  test('outlives the stack, because its value exists nowhere else, but not a first deploy that fails', () => {
    expect(secret).toMatchObject({ whenDeleted: 'RetainExceptOnCreate', whenReplaced: 'Retain' });
  });
});
