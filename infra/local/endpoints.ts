import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

/** Where the services of the local runtime listen. */
export interface Addresses {
  /** The stage's, of every local resource. */
  readonly region: string;
  readonly api: string;
  readonly dynamodb: string;
  readonly sqs: string;
  readonly secretsManager: string;
  readonly igf: string;
}

/** The SDK's variables for the AWS services that run here. */
export const endpointVariables = ({ sqs, dynamodb, secretsManager }: Addresses) => ({
  AWS_ENDPOINT_URL_SQS: sqs,
  // One emulator serves both, at one address.
  AWS_ENDPOINT_URL_SNS: sqs,
  AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
  AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager,
  // Any other service: the stub answers that it is not there. No call of a local function reaches AWS.
  AWS_ENDPOINT_URL: secretsManager,
});

export type LocalClients = ReturnType<typeof localClients>;

/** Clients for the work that CloudFormation does on AWS, or for that of the caller with this access key. */
export function localClients(
  { region, sqs, dynamodb }: Pick<Addresses, 'region' | 'sqs' | 'dynamodb'>,
  accessKeyId = 'local',
) {
  const settings = { region, credentials: { accessKeyId, secretAccessKey: 'local' } };
  const clients = {
    sqs: new SQSClient({ ...settings, endpoint: sqs }),
    sns: new SNSClient({ ...settings, endpoint: sqs }),
    dynamodb: new DynamoDBClient({ ...settings, endpoint: dynamodb }),
  };
  return {
    ...clients,
    [Symbol.asyncDispose]: async () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
