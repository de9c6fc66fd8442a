import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { HeldFor } from '../decide/decision.ts';
import type { ReturnRef } from './igf-pointers.ts';
import { keys } from './keys.ts';

/** An unknown text asks people once, however many returns it holds. */
export interface UnknownTexts {
  /**
   * Lets one return ask for a text: the first that wants to, whenever it wants to, so that an attempt which died asks
   * again. `other` when another return asks already.
   */
  speakFor(text: HeldFor, ref: ReturnRef): Promise<'ours' | 'other'>;
}

/** Names a return in an attribute. */
export const speakerOf = ({ orderId, rmaId, itemId }: ReturnRef): string =>
  [orderId, rmaId, itemId].map(encodeURIComponent).join('/');

export function unknownTexts(client: DynamoDBDocumentClient, tableName: string): UnknownTexts {
  return {
    async speakFor(text, ref) {
      try {
        await client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: keys.unknown(text),
            UpdateExpression: 'SET askedFor = :ref',
            ConditionExpression: 'attribute_not_exists(askedFor) OR askedFor = :ref',
            ExpressionAttributeValues: { ':ref': speakerOf(ref) },
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
