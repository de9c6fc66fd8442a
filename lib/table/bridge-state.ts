import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { errorClass, logWarning } from '../runtime/log.ts';
import { addSeconds } from '../runtime/time.ts';
import { conditionalWrite } from './dynamodb.ts';
import { keys } from './keys.ts';

/** What the bridge knows about itself. The table has one such item. */
export interface BridgeState {
  /**
   * When the bridge took its first delivery, ISO 8601 UTC. What Winkelstraat reported before is missing.
   * @param now stored if nothing is stored yet
   */
  firstDelivery(now: string): Promise<string>;
  /** Claims the notice that is published once a day. @param now ISO 8601 UTC */
  claimDailyNotice(now: string): Promise<'ours' | 'published'>;
  /** Ends the claim, because the notice could not be published. */
  releaseDailyNotice(): Promise<void>;
}

const Stored = z.object({ firstDeliveryAt: z.string() });

/**
 * How long after a daily notice the next one may be published: less than a day, because runs of the reconciler do not
 * begin at the same minute each day.
 */
export const dailyNoticeSeconds = 23.5 * 60 * 60;

export const bridgeState = (client: DynamoDBDocumentClient, tableName: string): BridgeState => ({
  async firstDelivery(now) {
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keys.bridge,
        UpdateExpression: 'SET firstDeliveryAt = if_not_exists(firstDeliveryAt, :now)',
        ExpressionAttributeValues: { ':now': now },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return z.parse(Stored, Attributes).firstDeliveryAt;
  },

  async claimDailyNotice(now) {
    const update = new UpdateCommand({
      TableName: tableName,
      Key: keys.bridge,
      UpdateExpression: 'SET dailyNoticeAt = :now',
      ConditionExpression: 'attribute_not_exists(dailyNoticeAt) OR dailyNoticeAt <= :dayAgo',
      ExpressionAttributeValues: { ':now': now, ':dayAgo': addSeconds(now, -dailyNoticeSeconds) },
    });
    return (await conditionalWrite(() => client.send(update))) ? 'ours' : 'published';
  },

  async releaseDailyNotice() {
    const UpdateExpression = 'REMOVE dailyNoticeAt';
    await client.send(new UpdateCommand({ TableName: tableName, Key: keys.bridge, UpdateExpression }));
  },
});

/**
 * When the bridge took its first delivery, written and read once for each process. A failed call delays nothing: then
 * it is unknown until the next message.
 */
export function cachedFirstDelivery(
  table: Pick<BridgeState, 'firstDelivery'>,
  now: () => string,
): () => Promise<string | undefined> {
  let known: string | undefined;
  return async () => {
    try {
      known ??= await table.firstDelivery(now());
    } catch (error) {
      logWarning({ step: 'first-delivery-not-read', reason: errorClass(error) });
    }
    return known;
  };
}
