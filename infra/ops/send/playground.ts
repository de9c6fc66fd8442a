import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readCurrent } from '../../../lib/runtime/secret.ts';
import { bridgeTable } from '../../../lib/table/bridge-table.ts';
import { CommandError } from '../../cli/command-line.ts';
import { noteFailedCalls } from '../aws/aws-error.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import type { Playground } from './run-scenario.ts';

/**
 * A bridge that examples may be sent to.
 * @throws CommandError for a deployed stage with `mode=live`, which would list an article that nobody has
 */
export function playgroundOf(bridge: OpenBridge, isLocal: boolean): Playground {
  const { stage, mode, dynamodb, table } = bridge;
  if (mode === 'live' && !isLocal) {
    throw new CommandError(
      `Stage ${stage.name} is live: it would list the article of an example at ItGoesForward. ` +
        'Use --local, or a stage with mode=observe.',
    );
  }
  return {
    urlOf: (path) => `${bridge.baseOf(path)}${path}`,
    keyOf: (sender) => readKey(bridge, sender),
    // With observe no return reaches IGF.
    simulator: mode === 'live' ? new URL('/_simulator/', bridge.output('IgfBaseUrl')).href : undefined,
    now: bridge.now,
    returnsOf: async (orderId) => (await bridgeTable(dynamodb, table).readOrder(orderId)).returns,
  };
}

/** The outputs that name the secrets of the senders. */
const secrets: Readonly<Record<string, string>> = {
  winkelstraat: 'WinkelstraatKeySecret',
  igf: 'IgfPathTokenSecret',
};

async function readKey(bridge: OpenBridge, sender: string): Promise<string> {
  const secretId = bridge.output(secrets[sender] ?? '');
  const client = noteFailedCalls(new SecretsManagerClient(bridge.settingsOf('secretsManager')));
  try {
    const [key] = await readCurrent(client, secretId)();
    if (key) return key;
    throw new CommandError(`The secret ${secretId} has no value yet.`);
  } finally {
    client.destroy();
  }
}
