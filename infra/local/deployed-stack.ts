import { localScope } from './identities.ts';
import { type LocalClients, localClients } from './local-clients.ts';
import { fillSecrets, type LocalSecrets } from './local-secrets.ts';
import type { OpenParts } from './open-parts.ts';
import { createQueues } from './queues.ts';
import { type Servers, type ServersOptions, startServers } from './servers.ts';
import { readStackParts, type StackParts } from './stack-parts.ts';
import { createTables } from './tables.ts';
import { createTopics } from './topics.ts';

export interface DeployedStackOptions extends Omit<ServersOptions, 'igfKey'> {
  /** What the stack's secrets hold. */
  readonly keys: { readonly winkelstraat: string; readonly igf: string; readonly igfToken: string };
  /** Progress, for a person. */
  readonly onLine?: (line: string) => void;
}

/** The servers, and in them what the stack has but for its functions. */
export interface DeployedStack extends Servers {
  readonly stack: StackParts;
  readonly clients: LocalClients;
  readonly secrets: LocalSecrets;
}

/**
 * Does here what `cdk deploy` does on AWS, up to the functions: a template, and its queues, topics, tables and secrets.
 * @throws what `startServers` throws
 */
export async function deployLocally(options: DeployedStackOptions, parts: OpenParts): Promise<DeployedStack> {
  const { keys, onLine = () => {} } = options;
  onLine('Starting SQS, DynamoDB, Secrets Manager and the IGF simulator; synthesizing the stack …');
  const servers = await startServers({ ...options, igfKey: keys.igf }, parts);
  const { addresses, assembly, secretsManager } = servers;
  const { stackName, template, assetFolders } = assembly;
  const stack = readStackParts(template, localScope(template, stackName, addresses), assetFolders);

  onLine(`Creating ${stack.queues.length} queues and the table …`);
  const clients = parts.keep(localClients(addresses));
  await parts.all(
    createQueues(clients.sqs, stack.queues),
    createTopics(clients.sns, stack.topics),
    createTables(clients.dynamodb, stack.tables),
  );
  return { ...servers, stack, clients, secrets: fillSecrets(secretsManager, stack.secrets, keys) };
}
