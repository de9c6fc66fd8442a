import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientSettings } from '../../lib/runtime/aws-clients.ts';

export const documentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings), {
    marshallOptions: { removeUndefinedValues: true },
  });

/**
 * Publishes messages on a topic. A subject is one line of at most 100 printable ASCII characters, as SNS wants it. Most
 * invocations publish none, so the client is made with the first message. Its code is loaded with the rest. Behind an
 * `import()` esbuild could shake neither it nor what it shares with the other clients, and the bundle would grow.
 */
export function publisher(topicArn: string, settings = clientSettings) {
  let client: SNSClient | undefined;
  return async ({ subject, body }: { subject: string; body: string }): Promise<void> => {
    client ??= new SNSClient(settings);
    await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: body }));
  };
}
