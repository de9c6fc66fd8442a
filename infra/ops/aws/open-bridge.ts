import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientSettings } from '../../../lib/runtime/aws-clients.ts';
import { CommandError } from '../../cli/command-line.ts';
import { host, readPorts, region } from '../../local-services.ts';
import { awsFailure, isAwsError, isUnreachable } from './aws-error.ts';
import { findLocalPlace, findPlace, type Place, type PlaceOptions } from './place.ts';

/** A table with a client for it. */
export interface TableClient {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly table: string;
}

/** A bridge with clients for its table and its queues. */
export interface OpenBridge extends Place, TableClient {
  readonly sqs: SQSClient;
}

export const documentClient = (client: DynamoDBClient): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });

/**
 * Opens the bridge that the options name, and closes it after `work`.
 * @param calls the calls to AWS that the work makes; also the permissions that it needs
 * @throws CommandError with one clear line, also when AWS fails
 */
export async function withBridge<T>(
  options: PlaceOptions,
  calls: string,
  work: (bridge: OpenBridge) => Promise<T>,
): Promise<T> {
  const ports = options.local && readPorts(process.env);
  const local = ports && {
    dynamodb: `http://${host}:${ports.dynamodb}`,
    sqs: `http://${host}:${ports.sqs}`,
  };
  const dynamodb = new DynamoDBClient({ ...clientSettings, ...(local && settingsAt(local.dynamodb)) });
  const sqs = new SQSClient({ ...clientSettings, ...(local && settingsAt(local.sqs)) });
  try {
    const place = local ? await findLocalPlace(dynamodb, sqs, local.sqs) : await findPlace(options);
    return await work({ ...place, dynamodb: documentClient(dynamodb), sqs });
  } catch (error) {
    if (error instanceof CommandError) throw error;
    if (local && isUnreachable(error)) {
      const where = `${local.dynamodb} and ${local.sqs}`;
      throw new CommandError(`Nothing answers at ${where}: start the bridge with npm start.`);
    }
    throw isAwsError(error) ? awsFailure(error, calls) : error;
  } finally {
    dynamodb.destroy();
    sqs.destroy();
  }
}

/** The settings of a client for a service on this machine. */
export const settingsAt = (endpoint: string) => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
