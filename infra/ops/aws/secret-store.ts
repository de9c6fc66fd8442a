import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { readCurrent, whyUnreadable } from '../../../lib/runtime/secret.ts';
import { CommandError } from '../../cli/command-line.ts';
import { awsFailure, noteFailedCalls } from './aws-error.ts';
import type { OpenBridge } from './open-bridge.ts';

/** The secrets of a bridge by their names at the end of their ids, and the outputs that have the ids. */
export const secretOutputs = {
  'winkelstraat-key': 'WinkelstraatKeySecret',
  'igf-key': 'IgfKeySecret',
  'igf-path-token': 'IgfPathTokenSecret',
} as const;
export type SecretName = keyof typeof secretOutputs;

/** The values of a bridge's secrets: never print one. @throws CommandError when the stack lacks the output */
export function secretStore(bridge: Pick<OpenBridge, 'output' | 'settingsOf'>) {
  const client = noteFailedCalls(new SecretsManagerClient(bridge.settingsOf('secretsManager')));
  return {
    /** Undefined while it has no value. @throws CommandError for a value that can't be a key */
    async read(name: SecretName): Promise<string | undefined> {
      try {
        const getValue = readCurrent(
          (input) => client.send(new GetSecretValueCommand(input)),
          bridge.output(secretOutputs[name]),
        );
        return (await getValue())[0] || undefined;
      } catch (error) {
        if (error instanceof CommandError || awsFailure(error)) throw error;
        throw new CommandError(`The secret ${name} is of no use: ${whyUnreadable(error)}.`);
      }
    },
    put: async (name: SecretName, value: string): Promise<void> => {
      const SecretId = bridge.output(secretOutputs[name]);
      await client.send(new PutSecretValueCommand({ SecretId, SecretString: value }));
    },
  };
}
