import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Command, Option } from 'commander';
import type { Policy } from '../../../lib/config/policy.ts';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import { CommandError, UsageError } from '../../cli/command-line.ts';
import { type LocalWorld, readLocalWorld } from '../../local-world.ts';
import { policyOf, type Stage } from '../../settings/stage.ts';
import { isUnreachable, noteFailedCalls } from './aws-error.ts';
import { callerArn, localUser } from './caller.ts';
import { clientSettings } from './client-settings.ts';
import { deployedStage, stageNamed, stageOption } from './deployed-stage.ts';

/** The values of `addPlaceOptions`. */
export interface PlaceOptions {
  readonly stage?: string;
  readonly local?: true;
  readonly table?: string;
  readonly queue?: string;
  readonly igfQueue?: string;
  readonly quarantineQueue?: string;
}

/** Adds the options that say where the bridge is. A subcommand has those of its parent. */
export function addPlaceOptions(command: Command): void {
  if (command.parent?.options.some(({ long }) => long === '--table')) return;
  const local = new Option('--local', 'the bridge that npm start runs on this machine');
  command
    .option(...stageOption)
    .addOption(local.conflicts(['stage', 'table', 'queue', 'igfQueue', 'quarantineQueue']))
    .option('--table <name>', "this table, instead of the deployed stack's")
    .option('--queue <url>', "with --table: Winkelstraat's queue")
    .option('--igf-queue <url>', "with --table: ItGoesForward's queue")
    .option('--quarantine-queue <url>', "with --table: the quarantine's queue")
    .addHelpText('after', placeHelp);
}

const placeHelp = `
The outputs of the deployed stage name its table and queues. The command uses the credentials of the environment, and
the region of the stage in cdk.json. With --local it works on what npm start runs, in its time. For any other place
use --table, --queue and --igf-queue, with AWS_REGION, AWS_ENDPOINT_URL_DYNAMODB and AWS_ENDPOINT_URL_SQS.`;

/** A table with a client for it. */
export interface TableClient {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly table: string;
}

/** A bridge with clients for its table and its queues. */
export interface OpenBridge extends TableClient {
  /** Milliseconds since the epoch on the bridge's clock: the local runtime's may run faster. */
  now(): number;
  /** Who runs the command, for what is stored: the caller's ARN at a deployed stage, or the user of this machine. */
  caller(): Promise<string>;
  readonly sqs: SQSClient;
  readonly stage: Stage;
  /** The mode in force: as the stage was deployed, or else as `cdk.json` has it. */
  readonly mode: Policy['mode'];
  /** The known queues, by their senders, and that of the quarantine. With `--table` they are those that were given. */
  readonly queues: readonly string[];
  /** The queue of a sender's messages. @throws UsageError when `--table` came without it */
  queueUrl(sender?: string): string;
}

type Place = Omit<OpenBridge, 'dynamodb' | 'sqs' | 'now' | 'caller'>;

export const documentsOf = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

/** Opens the bridge that the options name, and closes it after `work`. @throws CommandError with one clear line */
export async function withBridge<T>(
  options: PlaceOptions,
  work: (bridge: OpenBridge) => Promise<T>,
): Promise<T> {
  const world = options.local && readLocalWorld();
  const local = world?.endpoints;
  const stage = world || options.table !== undefined ? undefined : stageNamed(options.stage);
  const settingsOf = (address: string | undefined) => ({
    ...clientSettings(world?.stage ?? stage),
    ...(address && settingsAt(address)),
  });
  const dynamodb = noteFailedCalls(new DynamoDBClient(settingsOf(local?.dynamodb)));
  const sqs = noteFailedCalls(new SQSClient(settingsOf(local?.sqs)));
  try {
    const place = world ? localPlace(world) : await findPlace(options);
    const caller = async () => (stage ? callerArn(stage) : localUser());
    const now = world?.now ?? Date.now;
    return await work({ ...place, dynamodb: documentsOf(dynamodb), sqs, now, caller });
  } catch (error) {
    if (!local || !isUnreachable(error)) throw error;
    const where = `${local.dynamodb} and ${local.sqs}`;
    throw new CommandError(`Nothing answers at ${where}: start the bridge with npm start.`);
  } finally {
    dynamodb.destroy();
    sqs.destroy();
  }
}

/** The settings of a client for a service on this machine. */
export const settingsAt = (endpoint: string) => ({
  endpoint,
  maxAttempts: 2,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/** The first line of a command that depends on the mode. */
export const modeLine = ({ stage, mode }: Pick<OpenBridge, 'stage' | 'mode'>): string =>
  `Stage ${stage.name}, mode ${mode}.${mode === 'observe' ? ' The bridge makes no call to ItGoesForward.' : ''}`;

const senderNames = senders.map(({ name }) => name);
const queueNames = [...senderNames, 'quarantine'];
const winkelstraat = 'winkelstraat';

/** `winkelstraat` → `Winkelstraat`, as in the names of the stack. */
const inNames = (sender: string): string => `${sender.charAt(0).toUpperCase()}${sender.slice(1)}`;

/** The place that the options name, or the deployed stage. @throws CommandError */
async function findPlace({ stage, table, queue, igfQueue, quarantineQueue }: PlaceOptions): Promise<Place> {
  const urls: Record<string, string | undefined> = {
    winkelstraat: queue,
    igf: igfQueue,
    quarantine: quarantineQueue,
  };
  const optionOf = (sender: string) => (sender === winkelstraat ? '--queue' : `--${sender}-queue`);
  const given = queueNames.filter((sender) => urls[sender] !== undefined);
  if (table !== undefined) {
    const queueUrl = (sender = winkelstraat): string => {
      const url = urls[sender];
      if (url !== undefined) return url;
      throw new UsageError(`--table needs ${optionOf(sender)} <url> too, the URL of ${sender}'s queue.`);
    };
    const named = stageNamed(stage);
    return { stage: named, mode: named.policy.mode, table, queues: given, queueUrl };
  }
  if (given[0]) throw new UsageError(`${optionOf(given[0])} needs --table <name> too.`);
  const deployed = await deployedStage(stage);
  return {
    stage: deployed.stage,
    mode: deployed.mode,
    table: deployed.output('TableName'),
    queues: queueNames,
    queueUrl: (sender = winkelstraat) => deployed.output(`${inNames(sender)}QueueUrl`),
  };
}

/** What runs on this machine, with the settings that it was started with. */
function localPlace({ stage: { name, settings }, outputs }: LocalWorld): Place {
  const stage = { name, settings, policy: policyOf(settings) };
  const queueUrl = (sender = winkelstraat) => outputs[`${inNames(sender)}QueueUrl`] ?? '';
  return { stage, mode: stage.policy.mode, table: outputs.TableName ?? '', queues: queueNames, queueUrl };
}
