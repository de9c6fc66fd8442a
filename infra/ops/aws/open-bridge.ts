import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientSettings } from '../../../lib/runtime/aws-clients.ts';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import { account, host, readPorts, region } from '../../local-services.ts';
import type { Stage } from '../../settings/stage.ts';
import { CommandError, type CommandInput, type CommandOption, UsageError } from '../command.ts';
import { awsFailure } from './aws-error.ts';
import { deployedStage, stageNamed, stageOption } from './deployed-stage.ts';

/** A running bridge, as the commands that look into its table work with it. */
export interface OpenBridge {
  readonly stage: Stage;
  readonly dynamodb: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
  readonly table: string;
  /** The senders whose queues are known: all, unless `--table` was given without one of them. */
  readonly senders: readonly string[];
  /** The queue of a sender's messages. @throws UsageError when `--table` was given without it. */
  queueUrl(sender?: string): string;
}

/** Where the bridge is, for every command that opens it. */
export const placeOptions = {
  stage: stageOption,
  local: { type: 'boolean', about: 'what npm start runs on this machine, in place of a deployed stage' },
  table: { type: 'string', about: 'name of the table, in place of what the deployed stack tells' },
  queue: { type: 'string', about: "URL of Winkelstraat's queue, beside --table" },
  'igf-queue': { type: 'string', about: "URL of ItGoesForward's queue, beside --table" },
} as const satisfies Record<string, CommandOption>;

/** For the help of these commands. */
export const placeDetails = `Without more it finds table and queue by the outputs of the deployed stack, with the credentials and the region of the
environment. For what npm start runs on this machine: --local (with the DYNAMODB_PORT and SQS_PORT of npm start, if any
were set). Anywhere else: --table <name> --queue <url> --igf-queue <url>, with AWS_ENDPOINT_URL_DYNAMODB and AWS_ENDPOINT_URL_SQS.`;

/**
 * Opens the bridge that the options mean, and closes it after `work`.
 * @param did what the work asks of AWS, also the permissions that it needs
 * @throws CommandError with one clear line, also when AWS fails
 */
export async function withBridge<T>(
  { options }: Pick<CommandInput, 'options'>,
  did: string,
  work: (bridge: OpenBridge) => Promise<T>,
): Promise<T> {
  const addresses = options.local ? localAddresses() : undefined;
  const dynamodb = new DynamoDBClient({ ...clientSettings, ...settingsAt(addresses?.dynamodb) });
  const sqs = new SQSClient({ ...clientSettings, ...settingsAt(addresses?.sqs) });
  try {
    const place = addresses ? await localPlace(dynamodb, sqs, addresses.sqs) : await placeOf(options);
    const documents = DynamoDBDocumentClient.from(dynamodb, {
      marshallOptions: { removeUndefinedValues: true },
    });
    return await work({ ...place, dynamodb: documents, sqs });
  } catch (error) {
    if (error instanceof CommandError) throw error;
    if (addresses && isUnreachable(error)) {
      const where = `${addresses.dynamodb} and ${addresses.sqs}`;
      throw new CommandError(`Nothing answers at ${where}: start it with npm start.`);
    }
    throw isOfAws(error) ? awsFailure(error, did) : error;
  } finally {
    dynamodb.destroy();
    sqs.destroy();
  }
}

type Place = Pick<OpenBridge, 'stage' | 'table' | 'senders' | 'queueUrl'>;

const senderNames = senders.map(({ name }) => name);
const winkelstraat = 'winkelstraat';

/** `winkelstraat` → `Winkelstraat`, as it stands in the stack's names. */
const inNames = (sender: string): string => `${sender.charAt(0).toUpperCase()}${sender.slice(1)}`;

async function placeOf(options: CommandInput['options']): Promise<Place> {
  const { stage, table } = options;
  const optionOf = (sender: string) => (sender === winkelstraat ? 'queue' : `${sender}-queue`);
  const given = senderNames.filter((sender) => typeof options[optionOf(sender)] === 'string');
  if (typeof table === 'string') {
    const queueUrl = (sender = winkelstraat): string => {
      const url = options[optionOf(sender)];
      if (typeof url === 'string') return url;
      throw new UsageError(
        `--table needs --${optionOf(sender)} <url> beside it, the URL of ${sender}'s queue.`,
      );
    };
    return { stage: stageNamed(stage), table, senders: given, queueUrl };
  }
  if (given[0]) throw new UsageError(`--${optionOf(given[0])} needs --table <name> beside it.`);
  const deployed = await deployedStage(stage);
  return {
    stage: deployed.stage,
    table: deployed.output('TableName'),
    senders: senderNames,
    queueUrl: (sender = winkelstraat) => deployed.output(`${inNames(sender)}QueueUrl`),
  };
}

const localAddresses = () => {
  const ports = readPorts(process.env);
  return { dynamodb: `http://${host}:${ports.dynamodb}`, sqs: `http://${host}:${ports.sqs}` };
};

const settingsAt = (endpoint: string | undefined) =>
  endpoint === undefined
    ? {}
    : { endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

/** The local runtime holds one stack: its table and its queues are all there are. */
async function localPlace(dynamodb: DynamoDBClient, sqs: SQSClient, sqsAddress: string): Promise<Place> {
  const { TableNames: [table] = [] } = await dynamodb.send(new ListTablesCommand({}));
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const names = QueueUrls.map((url) => url.split('/').at(-1) ?? '');
  const queueOf = (sender: string) => names.find((name) => name.endsWith(`-${inNames(sender)}Queue`));
  if (!table || !senderNames.every(queueOf)) {
    throw new CommandError('The bridge on this machine is still starting: try again.');
  }
  // The SDK calls a queue at its URL's host, and the local SQS tells one that not every machine resolves.
  const queueUrl = (sender = winkelstraat) => `${sqsAddress}/${account}/${queueOf(sender)}`;
  return { stage: stageNamed(undefined), table, senders: senderNames, queueUrl };
}

const isUnreachable = (error: unknown): boolean => {
  const { code, message, errors } = Object(error) as {
    code?: unknown;
    message?: unknown;
    errors?: unknown[];
  };
  return (
    code === 'ECONNREFUSED' || /ECONNREFUSED/.test(String(message)) || (errors ?? []).some(isUnreachable)
  );
};

/** Whether the SDK threw it, and not a fault of ours. */
const isOfAws = (error: unknown): boolean =>
  error instanceof Error &&
  ('$metadata' in error ||
    'code' in error ||
    /Provider|Timeout/.test(error.name) ||
    /region/i.test(error.message));
