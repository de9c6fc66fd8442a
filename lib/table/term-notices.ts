import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { ReturnRef } from '../returns/order.ts';
import type { Term } from '../returns/vocabulary.ts';
import { keys } from './keys.ts';

/** An unknown text asks people once, however many returns it holds. */
export interface TermNotices {
  /**
   * Lets one return ask for a text: the first that wants to, whenever it wants to, so that an attempt which died asks
   * again. `other` when another return asks already.
   */
  claimTermNotice(text: Term, ref: ReturnRef): Promise<'ours' | 'other'>;
}

/** Names a return in an attribute. */
export const noticeOwner = ({ orderId, rmaId, itemId }: ReturnRef): string =>
  [orderId, rmaId, itemId].map(encodeURIComponent).join('/');

export function termNotices(client: DynamoDBDocumentClient, tableName: string): TermNotices {
  return {
    async claimTermNotice(text, ref) {
      try {
        await client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: keys.unknown(text),
            UpdateExpression: 'SET noticeOwner = :ref',
            ConditionExpression: 'attribute_not_exists(noticeOwner) OR noticeOwner = :ref',
            ExpressionAttributeValues: { ':ref': noticeOwner(ref) },
          }),
        );
        return 'ours';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'other';
        throw error;
      }
    },
  };
}
