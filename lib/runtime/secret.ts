import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { ReadSecret } from './secret-cache.ts';

async function valueAt(client: SecretsManagerClient, secretId: string, stage: string): Promise<string[]> {
  try {
    const { SecretString } = await client.send(
      new GetSecretValueCommand({ SecretId: secretId, VersionStage: stage }),
    );
    return SecretString ? [SecretString.trim()] : [];
  } catch (error) {
    // No value has this stage (yet): normal before the first value is put, and for AWSPREVIOUS until the first change.
    if (error instanceof ResourceNotFoundException) return [];
    throw error;
  }
}

/** The current and the previous value of a secret: a sender may use either while its key is being changed. */
export const readCurrentAndPrevious = (client: SecretsManagerClient, secretId: string): ReadSecret => {
  return async () => {
    const values = await Promise.all(
      ['AWSCURRENT', 'AWSPREVIOUS'].map((stage) => valueAt(client, secretId, stage)),
    );
    // Without a current value the secret counts as not configured, whatever it was before.
    return values[0]?.length ? values.flat() : [];
  };
};

/** The current value alone: what we show to somebody else. */
export const readCurrent = (client: SecretsManagerClient, secretId: string): ReadSecret => {
  return () => valueAt(client, secretId, 'AWSCURRENT');
};
