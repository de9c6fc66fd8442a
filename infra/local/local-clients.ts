import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { region } from '../local-services.ts';
import type { Addresses } from './identities.ts';

export type LocalClients = ReturnType<typeof localClients>;

/** The runtime's own clients, for the work that CloudFormation and Lambda do on AWS. */
export function localClients({ sqs, dynamodb }: Pick<Addresses, 'sqs' | 'dynamodb'>) {
  const settings = { region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const clients = {
    sqs: new SQSClient({ ...settings, endpoint: sqs }),
    // One emulator serves both, at one address.
    sns: new SNSClient({ ...settings, endpoint: sqs }),
    dynamodb: new DynamoDBClient({ ...settings, endpoint: dynamodb }),
  };
  return {
    ...clients,
    [Symbol.asyncDispose]: async () => {
      clients.sqs.destroy();
      clients.sns.destroy();
      clients.dynamodb.destroy();
    },
  };
}
