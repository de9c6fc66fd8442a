import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Command, Option } from 'commander';
import { type BridgeTable, bridgeTable } from '../../../lib/table/bridge-table.ts';
import { type TableItems, tableItems } from '../../../lib/table/dynamodb.ts';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import { CommandError } from '../../cli/command-line.ts';
import { type LocalWorld, type RunningWorld, readLocalWorld } from '../../local-world.ts';
import { policyOf, type Stage } from '../../settings/stage.ts';
import { isUnreachable, noteFailedCalls } from './aws-error.ts';
import { callerIdentity, localUser } from './caller.ts';
import { clientSettings } from './client-settings.ts';
import { type Deployment, deployedStage, deploymentOf, stageNamed } from './deployed-stage.ts';

/** The values of `addPlaceOptions`. */
export interface PlaceOptions {
  readonly stage?: string;
  /** What runs on this machine: the one that `.local` names, or this one. */
  readonly local?: true | RunningWorld;
  readonly table?: string;
  /** Who runs the command, of one that has `--by`. */
  readonly by?: string;
}

/** Adds the options that say where the bridge is. A subcommand has those of its parent. */
export function addPlaceOptions(command: Command): void {
  if (command.parent?.options.some(({ long }) => long === '--local')) return;
  const local = new Option('--local', 'the bridge that npm start runs on this machine');
  command
    .option('--stage <name>', 'a stage of cdk.json; default: the value of "stage" in cdk.json')
    .addOption(local.conflicts(['stage', 'table']))
    .option('--table <name>', 'this table, such as one that outlived its stack');
}

/** A table with a client for it. */
export interface TableClient {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly table: string;
  readonly items: TableItems;
  readonly store: BridgeTable;
}

export const tableClient = (dynamodb: DynamoDBDocumentClient, table: string): TableClient => ({
  ...{ dynamodb, table, items: tableItems(dynamodb, table), store: bridgeTable(dynamodb, table) },
});

/** A table, with the time of its bridge. */
export type TimedTable = TableClient & Pick<OpenBridge, 'now'>;

/** A bridge with clients for its table and its queues. The stage `local` runs on this machine. */
export interface OpenBridge extends TableClient, Deployment {
  /** Milliseconds since the epoch on the bridge's clock: the local runtime's may run faster. */
  now(): number;
  /** Who runs the command, for what is stored: `--by`, or the caller's ARN at a deployed stage, or this machine's user. */
  caller(): Promise<string>;
  readonly sqs: SQSClient;
  /** The queues, by their senders, and that of the quarantine. */
  readonly queues: readonly string[];
  /** The queue of a sender's messages. */
  queueUrl(sender?: string): string;
  /** The settings of a further client. */
  settingsOf(
    service: keyof LocalWorld['endpoints'],
  ): ReturnType<typeof clientSettings> & Partial<ReturnType<typeof settingsAt>>;
}

export const documentsOf = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

/** Opens the bridge that the options name, and closes it after `work`. @throws CommandError with one clear line */
export async function withBridge<T>(
  options: PlaceOptions,
  work: (bridge: OpenBridge) => Promise<T>,
): Promise<T> {
  const world = options.local === true ? readLocalWorld() : options.local;
  const stage = world ? localStage(world) : stageNamed(options.stage);
  const settingsOf: OpenBridge['settingsOf'] = (service) => ({
    ...clientSettings(stage),
    ...(world && settingsAt(world.endpoints[service])),
  });
  const dynamodb = noteFailedCalls(new DynamoDBClient(settingsOf('dynamodb')));
  const sqs = noteFailedCalls(new SQSClient(settingsOf('sqs')));
  try {
    const deployment = world
      ? deploymentOf(stage, world.outputs)
      : options.table === undefined
        ? await deployedStage(stage)
        : deploymentOf(stage, { TableName: options.table });
    const { outputs, output } = deployment;
    return await work({
      ...deployment,
      ...tableClient(documentsOf(dynamodb), output('TableName')),
      ...{ sqs, settingsOf },
      queues: queueNames.filter((sender) => outputs[queueOutput(sender)] !== undefined),
      queueUrl: (sender = 'winkelstraat') => output(queueOutput(sender)),
      now: world?.now ?? Date.now,
      caller: async () =>
        options.by ?? (world ? undefined : (await callerIdentity(stage)).Arn) ?? localUser(),
    });
  } catch (error) {
    if (!world || !isUnreachable(error)) throw error;
    throw new CommandError(
      `Nothing answers at ${Object.values(world.endpoints).join(', ')}: start the bridge with npm start.`,
    );
  } finally {
    dynamodb.destroy();
    sqs.destroy();
  }
}

/** Its settings are those that it was started with. Commands to copy name it by `--local`, whatever stage it plays. */
const localStage = ({ stage: { settings } }: LocalWorld): Stage => ({
  name: 'local',
  settings,
  policy: policyOf(settings),
});

/** The settings of a client for a service on this machine. */
export const settingsAt = (endpoint: string) => ({
  endpoint,
  maxAttempts: 2,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/** The first line of a command that depends on the mode. */
export const modeLine = ({ stage, mode }: Pick<OpenBridge, 'stage' | 'mode'>): string =>
  `Stage ${stage.name}, mode ${mode}.${mode === 'observe' ? ' The bridge makes no call to ItGoesForward.' : ''}`;

const queueNames = [...senders.map(({ name }) => name), 'quarantine'];

/** `winkelstraat` → `WinkelstraatQueueUrl` */
const queueOutput = (sender: string): string => `${sender.charAt(0).toUpperCase()}${sender.slice(1)}QueueUrl`;
