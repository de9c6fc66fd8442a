import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientSettings } from '../../../lib/runtime/aws-clients.ts';
import { CommandError } from '../../cli/command-line.ts';
import { host, readPorts, region } from '../../local-services.ts';
import { awsFailure, isAwsError, isUnreachable } from './aws-error.ts';
import { findLocalPlace, findPlace, type Place, type PlaceOptions } from './place.ts';

/** A bridge with clients for its table and its queues. */
export interface OpenBridge extends Place {
  readonly dynamodb: DynamoDBDocumentClient;
  readonly sqs: SQSClient;
}

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
  const addresses = options.local ? localAddresses() : undefined;
  const dynamodb = new DynamoDBClient({ ...clientSettings, ...settingsAt(addresses?.dynamodb) });
  const sqs = new SQSClient({ ...clientSettings, ...settingsAt(addresses?.sqs) });
  try {
    const place = addresses ? await findLocalPlace(dynamodb, sqs, addresses.sqs) : await findPlace(options);
    const documents = DynamoDBDocumentClient.from(dynamodb, {
      marshallOptions: { removeUndefinedValues: true },
    });
    return await work({ ...place, dynamodb: documents, sqs });
  } catch (error) {
    if (error instanceof CommandError) throw error;
    if (addresses && isUnreachable(error)) {
      const where = `${addresses.dynamodb} and ${addresses.sqs}`;
      throw new CommandError(`Nothing answers at ${where}: start the bridge with npm start.`);
    }
    throw isAwsError(error) ? awsFailure(error, calls) : error;
  } finally {
    dynamodb.destroy();
    sqs.destroy();
  }
}

function localAddresses(): { dynamodb: string; sqs: string } {
  const ports = readPorts(process.env);
  return { dynamodb: `http://${host}:${ports.dynamodb}`, sqs: `http://${host}:${ports.sqs}` };
}

const settingsAt = (endpoint: string | undefined) =>
  endpoint === undefined
    ? {}
    : { endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
