import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientSettings } from '../../lib/runtime/aws-clients.ts';

export const documentClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings), {
    marshallOptions: { removeUndefinedValues: true },
  });

interface TopicMessage {
  /** One line of at most 100 printable ASCII characters, as SNS wants it. */
  subject: string;
  body: string;
}

/**
 * Publishes messages on a topic. Most invocations publish none, so the client is made with the first message. Its code
 * is loaded with the rest: behind an `import()` esbuild can shake neither it nor what it shares with the other clients,
 * and the bundle that a cold start reads would grow by twice as much.
 */
export function publisher(
  topicArn: string,
  settings = clientSettings,
): (message: TopicMessage) => Promise<void> {
  let client: SNSClient | undefined;
  return async ({ subject, body }) => {
    client ??= new SNSClient(settings);
    await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: body }));
  };
}
