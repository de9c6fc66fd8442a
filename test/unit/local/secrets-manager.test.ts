import {
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import {
  fillSecrets,
  purposeOf,
  type SecretsManager,
  startSecretsManager,
} from '../../../infra/local/secrets-manager.ts';

const secret = {
  logicalId: 'Key',
  arn: 'arn:aws:secretsmanager:x:0:secret:key-local1',
  name: 'key',
  description: '',
};

let manager: SecretsManager;
let client: SecretsManagerClient;
beforeEach(async () => {
  manager = await startSecretsManager();
  manager.set(secret, {});
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  client = new SecretsManagerClient({
    endpoint: manager.url,
    region: 'eu-central-1',
    credentials,
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await manager[Symbol.asyncDispose]();
});

const read = (SecretId = secret.arn, VersionStage?: string) =>
  client.send(new GetSecretValueCommand({ SecretId, ...(VersionStage && { VersionStage }) }));

const noValue = (stage: string) => ({
  name: 'ResourceNotFoundException',
  message: `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
});

describe('GetSecretValue', () => {
  test('gives the current value by ARN and by name', async () => {
    manager.set(secret, { current: 'k1' });
    expect(await read()).toMatchObject({
      ARN: secret.arn,
      Name: 'key',
      SecretString: 'k1',
      VersionStages: ['AWSCURRENT'],
    });
    expect(await read('key', 'AWSCURRENT')).toMatchObject({ SecretString: 'k1' });
  });

  test('gives the previous value after a change', async () => {
    manager.set(secret, { current: 'k2', previous: 'k1' });
    expect(await read('key', 'AWSPREVIOUS')).toMatchObject({
      SecretString: 'k1',
      VersionStages: ['AWSPREVIOUS'],
    });
  });

  test('answers like AWS when there is no such value, or no longer', async () => {
    await expect(read()).rejects.toMatchObject(noValue('AWSCURRENT'));
    manager.set(secret, { current: 'k1' });
    await expect(read('key', 'AWSPREVIOUS')).rejects.toMatchObject(noValue('AWSPREVIOUS'));
    manager.set(secret, {});
    await expect(read()).rejects.toMatchObject(noValue('AWSCURRENT'));
  });

  test('answers like AWS when there is no such secret', async () => {
    await expect(read('other')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    });
  });

  test('can be made to fail, and to work again', async () => {
    manager.set(secret, { current: 'k1' });
    manager.fail(500);
    await expect(read()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    manager.fail(undefined);
    expect(await read()).toMatchObject({ SecretString: 'k1' });
  });

  test('is the only supported operation', async () => {
    await expect(client.send(new ListSecretsCommand({}))).rejects.toThrow('is not part of the local runtime');
  });
});

describe('the secrets of the stack', () => {
  test.each([
    ['SecretsWinkelstraatKey0', 'winkelstraat'],
    ['SecretsIgfKey0', 'igf'],
    ['SecretsIgfPathToken0', 'igf-token'],
    ['Other', undefined],
  ])('%s is for %s', (logicalId, purpose) => {
    expect(purposeOf({ ...secret, logicalId })).toBe(purpose);
  });

  test('get their local values, and other values later', async () => {
    const secrets = fillSecrets(manager, [{ ...secret, logicalId: 'WinkelstraatKey' }], {
      winkelstraat: 'w',
      igf: 'i',
      igfToken: 't',
    });
    expect(await read()).toMatchObject({ SecretString: 'w' });
    secrets.set('winkelstraat', { current: 'w2', previous: 'w' });
    expect(await read()).toMatchObject({ SecretString: 'w2' });
    expect(() => secrets.set('igf', {})).toThrow('The stack has no secret igf.');
  });
});
