import { ResourceNotFoundException, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readCurrentAndPrevious } from '../../../lib/runtime/secret.ts';

/** A secret whose reads are counted by the stage of the version. */
function countedSecret(values: Record<string, string>) {
  const stages: string[] = [];
  const send = async ({ input }: { input: { VersionStage: string } }) => {
    stages.push(input.VersionStage);
    const SecretString = values[input.VersionStage];
    if (SecretString) return { SecretString };
    throw new ResourceNotFoundException({ message: 'no such version', $metadata: {} });
  };
  const read = readCurrentAndPrevious({ send } as unknown as SecretsManagerClient, 'key');
  return { values, read, taken: () => stages.splice(0).sort() };
}

test('while the current value stays, only it is read again: each read is billed', async () => {
  const { read, taken } = countedSecret({ AWSCURRENT: 'new', AWSPREVIOUS: 'old' });

  expect(await read()).toEqual(['new', 'old']);
  expect(taken()).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
  expect(await read()).toEqual(['new', 'old']);
  expect(taken()).toEqual(['AWSCURRENT']);
});

test('the previous value is read again with another current one', async () => {
  const { values, read } = countedSecret({ AWSCURRENT: 'new', AWSPREVIOUS: 'old' });
  await read();

  Object.assign(values, { AWSCURRENT: 'newest', AWSPREVIOUS: 'new' });

  expect(await read()).toEqual(['newest', 'new']);
});

test('a first value has no previous one, and without a current value none is good', async () => {
  const { values, read } = countedSecret({});

  expect(await read()).toEqual([]);
  values.AWSCURRENT = 'first';
  expect(await read()).toEqual(['first']);
  delete values.AWSCURRENT;
  expect(await read()).toEqual([]);
});
