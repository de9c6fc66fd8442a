import { bridgeTable } from '../../../lib/table/bridge-table.ts';
import { CommandError } from '../../cli/command-line.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { type SecretName, secretStore } from '../aws/secret-store.ts';
import type { Receiver } from './deliver.ts';
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
    ...receiverOf(bridge),
    // With observe no return reaches IGF.
    simulator: mode === 'live' ? new URL('/_simulator/', bridge.output('IgfBaseUrl')).href : undefined,
    now: bridge.now,
    returnsOf: async (orderId) => (await bridgeTable(dynamodb, table).readOrder(orderId)).returns,
  };
}

/** The API of a bridge, with the keys of its senders. */
export const receiverOf = (bridge: OpenBridge): Receiver => ({
  urlOf: (path) => `${bridge.baseOf(path)}${path}`,
  async keyOf(sender) {
    const name: SecretName = sender === 'igf' ? 'igf-path-token' : 'winkelstraat-key';
    const key = await secretStore(bridge).read(name);
    if (!key) throw new CommandError(`The secret ${name} has no value yet.`);
    return key;
  },
});
