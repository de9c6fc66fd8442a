import { CreateTopicCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { TopicPart } from './stack-parts.ts';

/** Creates the topics. Nobody is subscribed: what is published shows as a line of whoever published it. */
export async function createTopics(sns: SNSClient, topics: readonly TopicPart[]): Promise<void> {
  for (const { name } of topics) await sns.send(new CreateTopicCommand({ Name: name }));
}
