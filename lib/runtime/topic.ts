import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Notice } from '../returns/notice.ts';
import { clientSettings } from './aws-clients.ts';

/**
 * Publishes notices on a topic. Few messages need a human, so the client is made with the first notice. Its code is not
 * loaded later than the rest: behind an `import()` esbuild can shake neither it nor what it shares with the other
 * clients, and the bundle that a cold start reads would grow by twice as much.
 */
export function publisher(topicArn: string, settings = clientSettings): (notice: Notice) => Promise<void> {
  let client: SNSClient | undefined;
  return async ({ subject, body }) => {
    client ??= new SNSClient(settings);
    await client.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: body }));
  };
}
