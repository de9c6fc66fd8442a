import { type Simulator, startIgfSimulator } from '../igf-simulator/simulator.ts';
import { type Clock, clockNow } from './clock.ts';
import { startDynamoDb } from './dynamodb.ts';
import { type GatewayEvent, type HttpApi, startHttpApi } from './http-api.ts';
import { type Addresses, region } from './identities.ts';
import { asPortUnavailable } from './listen.ts';
import type { OpenParts } from './open-parts.ts';
import type { DynamoDbEngine, Ports } from './options.ts';
import { type SecretsManager, startSecretsManager } from './secrets-manager.ts';
import { startSqs } from './sqs-server.ts';
import { type Assembly, synthesize } from './synth.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface ServersOptions {
  readonly ports: Ports;
  readonly engine: DynamoDbEngine;
  readonly igfKey: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly clock: Clock;
  readonly onGatewayEvent: (event: GatewayEvent) => void;
}

/** Everything that listens, and the stack that tells what to put there. */
export interface Servers {
  readonly addresses: Addresses;
  readonly assembly: Assembly;
  readonly api: HttpApi;
  readonly secretsManager: SecretsManager;
  readonly igf: Simulator;
}

/**
 * Starts what stands for AWS and IGF, and synthesizes the stack meanwhile. Only the simulator goes first: its address
 * is a setting of the stack.
 * @throws PortUnavailable, WrongOption or the stack's line about a setting
 */
export async function startServers(options: ServersOptions, parts: OpenParts): Promise<Servers> {
  const { ports, clock } = options;
  const now = (): number => clockNow(clock);
  const folder = parts.keep(temporaryFolder());
  const lifeline = (name: string) => ({
    signal: parts.signal,
    onDeath: (error: Error) => parts.died(name, error),
  });

  const igf = await startIgfSimulator({ port: ports.igf, apiKey: options.igfKey, now })
    .then((simulator) => parts.keep(simulator))
    .catch((error) => {
      throw asPortUnavailable(error, 'igf', ports.igf);
    });
  const [api, sqs, dynamodb, secretsManager, assembly] = await parts.all(
    startHttpApi(ports.api, now, options.onGatewayEvent).then((part) => parts.keep(part)),
    startSqs({ port: ports.sqs, region, clock }, lifeline('SQS')).then((part) => parts.keep(part)),
    startDynamoDb({ engine: options.engine, port: ports.dynamodb }, lifeline('DynamoDB')).then((part) =>
      parts.keep(part),
    ),
    startSecretsManager().then((part) => parts.keep(part)),
    synthesize({ ...options.context, igfBaseUrl: igf.url }, folder.path, parts.signal),
  );
  const addresses = {
    api: api.url,
    sqs: sqs.url,
    dynamodb: dynamodb.url,
    secretsManager: secretsManager.url,
    igf: igf.url,
  };
  return { addresses, assembly, api, secretsManager, igf };
}
