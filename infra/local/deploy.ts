import { mkdtempDisposableSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startIgfSimulator } from '../igf-simulator/simulator.ts';
import type { Ports } from '../local-services.ts';
import { isAlive } from '../local-world.ts';
import { cdkJsonContext, readStage } from '../settings/stage.ts';
import { type Clock, clockNow } from './clock.ts';
import { createResources } from './create-resources.ts';
import { type DynamoDbEngine, startDynamoDb } from './dynamodb.ts';
import { type Addresses, localClients } from './endpoints.ts';
import { type GatewayEvent, startHttpApi } from './http-api.ts';
import { type Principals, readPrincipals, sharedPrincipals } from './iam/principals.ts';
import { requirePorts } from './listen.ts';
import { stackOutputs } from './resources.ts';
import { fillSecrets, startSecretsManager } from './secrets-manager.ts';
import { type LifecycleHooks, startAll } from './server-thread.ts';
import { startSqs } from './sqs.ts';
import { readStackParts } from './stack-parts.ts';
import { synthesize } from './synth.ts';

export interface DeployOptions {
  /** A port that is not named is any free one. */
  readonly ports?: Partial<Ports>;
  /** Default: dynalite. */
  readonly dynamodb?: DynamoDbEngine;
  readonly keys: { readonly winkelstraat: string; readonly igf: string; readonly igfToken: string };
  /** CDK context, as `cdk deploy -c` takes it. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly clock: Clock;
  /** Callers besides the functions, by their access keys. */
  readonly principals?: Principals;
  readonly onGatewayEvent?: (event: GatewayEvent) => void;
  /** Progress, for a person. */
  readonly onLine?: (line: string) => void;
  /** A server ended by itself. Without it the error is thrown, and ends the process. */
  readonly onUnexpectedExit?: LifecycleHooks['onUnexpectedExit'];
  /** Makes the stack. Default: `synthesize`. */
  readonly synthesize?: typeof synthesize;
  /** Gives up starting. */
  readonly signal?: AbortSignal;
}

/** The servers that stand for AWS and IGF, and in them everything of the stack except its functions. */
export type DeployedStack = Awaited<ReturnType<typeof deployLocally>>;

/**
 * Does on this machine what `cdk deploy` does on AWS, up to the functions. It starts the servers, synthesizes the stack
 * meanwhile, and creates the stack's queues, topics, tables and secrets.
 * @param open takes every part that must be closed, also when the start fails halfway
 * @throws Error with one line when a port can't be taken or a setting is impossible
 */
export async function deployLocally(options: DeployOptions, open: AsyncDisposableStack) {
  const { keys, clock, dynamodb: engine = 'dynalite', onGatewayEvent, onLine, onUnexpectedExit } = options;
  const { signal: givenUp = new AbortController().signal, principals } = options;
  const ports: Ports = { api: 0, dynamodb: 0, sqs: 0, igf: 0, ...options.ports };
  const now = (): number => clockNow(clock);
  const exitOf = (name: string) => (cause: Error) => {
    // A part that ends while all are being closed is no surprise.
    if (open.disposed) return;
    const error = new Error(`${name} stopped working: ${cause.message}`, { cause });
    if (!onUnexpectedExit) throw error;
    onUnexpectedExit(error);
  };
  const use = <Part extends AsyncDisposable>(part: Part): Part => open.use(part);

  onLine?.('Starting SQS, DynamoDB, Secrets Manager and the IGF simulator; synthesizing the stack …');
  const context = { stage: 'local', ...options.context };
  const { name, settings } = readStage({ ...cdkJsonContext(), ...context });
  await requirePorts(ports);
  const folder = temporaryFolder(open);
  // The simulator starts first: its address is a setting of the stack.
  const igf = await startIgfSimulator({ port: ports.igf, apiKey: keys.igf, now });
  open.defer(() => igf.close());
  const { region } = settings;
  const [api, sqs, dynamodb, secretsManager, assembly] = await startAll(givenUp, (signal) => [
    startHttpApi(ports.api, now, onGatewayEvent).then(use),
    startSqs(
      { port: ports.sqs, region, clock, iam: folder },
      { signal, onUnexpectedExit: exitOf('SQS') },
    ).then(use),
    startDynamoDb(
      { engine, port: ports.dynamodb, iam: folder },
      { signal, onUnexpectedExit: exitOf('DynamoDB') },
    ).then(use),
    startSecretsManager(folder).then(use),
    (options.synthesize ?? synthesize)({ ...context, igfBaseUrl: igf.url }, folder, signal),
  ]);
  const addresses: Addresses = {
    region,
    api: api.url,
    sqs: sqs.url,
    dynamodb: dynamodb.url,
    secretsManager: secretsManager.url,
    igf: igf.url,
  };
  const stack = readStackParts(assembly, addresses);
  const iam = sharedPrincipals(folder);
  iam.write({ ...readPrincipals(assembly, addresses), ...principals });

  onLine?.(`Creating ${stack.queues.length} queues and the table …`);
  const clients = use(localClients(addresses));
  await createResources(clients, stack);
  const secrets = fillSecrets(secretsManager, stack.secrets, keys);
  const outputs = stackOutputs(assembly, addresses);
  const stage = { name, settings: { ...settings, igfBaseUrl: igf.url } };
  return {
    assembly,
    stackName: assembly.stackName,
    stage,
    stack,
    outputs,
    addresses,
    api,
    igf,
    clients,
    secrets,
    iam,
  };
}

/**
 * A folder that is removed with the other parts, and also when the process has no time to close them. What a killed
 * process left behind is removed by the next start: the folder's name has the id of its process.
 */
function temporaryFolder(open: AsyncDisposableStack): string {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = /^local-bridge-(\d+)-/.exec(name) ?? [];
    if (!pid || isAlive(Number(pid))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // It belongs to another user of this machine.
    }
  }
  const { path, remove } = open.use(mkdtempDisposableSync(join(tmpdir(), `local-bridge-${process.pid}-`)));
  process.once('exit', remove);
  open.defer(() => void process.off('exit', remove));
  return path;
}
