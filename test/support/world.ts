import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Clock, clockNow } from '../../infra/local/clock.ts';
import { createResources } from '../../infra/local/create-resources.ts';
import { type Addresses, type LocalClients, localClients } from '../../infra/local/endpoints.ts';
import {
  fillSecrets,
  type LocalSecrets,
  purposeOf,
  startSecretsManager,
} from '../../infra/local/secrets-manager.ts';
import { startAll } from '../../infra/local/server-thread.ts';
import { startSqs } from '../../infra/local/sqs.ts';
import {
  type EventSourcePart,
  type QueuePart,
  readStackParts,
  type StackParts,
} from '../../infra/local/stack-parts.ts';
import { clientSettings } from '../../lib/runtime/aws-clients.ts';
import { region } from './brisk-sqs.ts';
import { patienceMs } from './eventually.ts';
import { igfKey, startTestIgf, type TestIgf } from './igf.ts';
import { shared } from './shared-servers.ts';
import { synthesizedStack } from './template.ts';

/** Real time, also where a test lets `Date.now` tell the world's. */
const realNow = Date.now;

export const senderKey = 'integration-sender-key';

/** What stands for AWS and IGF while one test file runs. */
export interface World {
  readonly addresses: Addresses;
  readonly igf: TestIgf;
  readonly sqs: SQSClient;
  readonly dynamodb: DynamoDBDocumentClient;
  /** What SQS's clock shows, in milliseconds since the epoch; real time unless a speed was asked for. */
  readonly now: () => number;
  readonly speed: number;
  /** The clients of the runtime itself, which have the time that creating a table or waiting for a message takes. */
  readonly patient: LocalClients;
  /** Creates table, queues and secrets of the stack under fresh names, so that no test meets another's. */
  deploy(): Promise<Stack>;
  close(): Promise<void>;
}

/** The resources of one deployment of the stack that a sender's row of the picture uses. */
export interface Stack {
  /** Everything of it, with the environments of its functions. */
  readonly parts: StackParts;
  readonly table: string;
  readonly queue: QueuePart;
  readonly deadLetters: QueuePart;
  /** How Lambda feeds the worker, with the worker's own environment. */
  readonly feed: EventSourcePart;
  /** Where what is refused goes, and how Lambda feeds the worker that keeps it. */
  readonly rejected: { readonly feed: EventSourcePart; readonly deadLetters: QueuePart };
  /** IGF's queue. */
  readonly igfQueue: QueuePart;
  readonly secrets: LocalSecrets;
  readonly topicArn: string;
  readonly senderKeySecretId: string;
  readonly igfKeySecretId: string;
}

export interface WorldOptions {
  /** How many times faster SQS's clock runs. */
  readonly speed?: number;
  /** False for tests that need no table. */
  readonly table?: boolean;
}

/** The clients as the functions have them, pointed at an address of this machine. */
export const localSettings = (endpoint: string) => ({
  ...clientSettings,
  endpoint,
  region,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/** The same for the functions' own client of AWS. */
export const localVariables = (endpoint: string) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
});

/** A document client as the worker has it. */
export const documentClient = (endpoint: string): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(localSettings(endpoint)), {
    marshallOptions: { removeUndefinedValues: true },
  });

/**
 * Starts the local world for a test file. All files share the table's engine, dynalite or with `DYNAMODB=local` AWS's own,
 * and an SQS whose clock shows the real time.
 */
export async function startWorld({ speed = 1, table = true }: WorldOptions = {}): Promise<World> {
  const clock: Clock = { startedAt: Date.now(), speed };
  let death: Error | undefined;
  // Given up before jest stops waiting: what started after that would never be closed.
  const deadline = AbortSignal.timeout(patienceMs);
  const open = new AsyncDisposableStack();
  const use = <Part extends AsyncDisposable>(part: Part): Part => open.use(part);
  const onUnexpectedExit = (error: Error): void => {
    if (!open.disposed) death = error;
  };
  const startQueues = async (signal: AbortSignal): Promise<{ readonly url: string }> => {
    const url = process.env[shared.sqs];
    return speed === 1 && url
      ? { url }
      : use(await startSqs({ port: 0, region, clock }, { signal, onUnexpectedExit }));
  };
  try {
    const [sqs, secretsManager, igf, synthesized] = await startAll(deadline, (signal) => [
      startQueues(signal),
      startSecretsManager().then(use),
      startTestIgf().then((part) => open.adopt(part, ({ close }) => close())),
      synthesizedStack(signal),
    ]);
    const addresses: Addresses = {
      region,
      api: 'http://127.0.0.1',
      sqs: sqs.url,
      dynamodb: process.env[shared.dynamodb] ?? 'http://no-table.invalid',
      secretsManager: secretsManager.url,
      igf: igf.url,
    };
    const sqsClient = new SQSClient(localSettings(addresses.sqs));
    const documents = documentClient(addresses.dynamodb);
    const patient = use(localClients(addresses));
    open.defer(() => {
      sqsClient.destroy();
      documents.destroy();
    });

    // Files may share a DynamoDB, in which a table's name is taken once.
    const world = randomUUID().slice(0, 8);
    let deployments = 0;
    return {
      addresses,
      igf,
      speed,
      patient,
      sqs: sqsClient,
      dynamodb: documents,
      now: () => clockNow(clock, realNow()),
      close: () => open.disposeAsync(),
      deploy: async () => {
        if (death) throw death;
        deployments += 1;
        const stackName = `test-${world}-${deployments}`;
        const stack = readStackParts({ ...synthesized, stackName }, addresses);
        await createResources(patient, { ...stack, tables: table ? stack.tables : [] });
        const secrets = fillSecrets(secretsManager, stack.secrets, {
          winkelstraat: senderKey,
          igf: igfKey,
          igfToken: randomUUID(),
        });
        const feedOf = (name: RegExp): EventSourcePart =>
          known(stack.eventSources.find((source) => name.test(source.function.name)));
        const deadLettersOf = ({ queue }: EventSourcePart): QueuePart =>
          known(stack.queues.find(({ arn }) => arn === queue.deadLetterArn));
        const feed = feedOf(/winkelstraat/i);
        const rejectedFeed = feedOf(/quarantine/i);
        return {
          parts: stack,
          feed,
          rejected: { feed: rejectedFeed, deadLetters: deadLettersOf(rejectedFeed) },
          igfQueue: feedOf(/-Igf/).queue,
          secrets,
          queue: feed.queue,
          table: known(stack.tables[0]).name,
          topicArn: known(stack.topics[0]).arn,
          deadLetters: deadLettersOf(feed),
          senderKeySecretId: known(stack.secrets.find((part) => purposeOf(part) === 'winkelstraat')).arn,
          igfKeySecretId: known(stack.secrets.find((part) => purposeOf(part) === 'igf')).arn,
        };
      },
    };
  } catch (error) {
    await open.disposeAsync();
    throw error;
  }
}

function known<T>(part: T | undefined): T {
  if (part === undefined)
    throw new Error('The synthesized template lacks a part that these tests are about.');
  return part;
}
