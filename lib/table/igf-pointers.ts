import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { IgfFact } from '../facts/igf-facts.ts';
import { ReturnRef } from '../returns/order.ts';
import { type IgfObject, keys, waitingPrefix } from './keys.ts';
import { queryAll } from './query.ts';

/**
 * How IGF's events find their return. Whoever brings an event writes it as waiting, then looks for the pointer; whoever
 * links writes the pointer, then looks for what waits. So neither can miss the other.
 */
export interface IgfPointers {
  /** The return that an IGF object belongs to, strongly consistent. */
  findReturn(object: IgfObject): Promise<ReturnRef | undefined>;
  /** Points an IGF object at a return. A pointer never moves: `other` when it points elsewhere already. */
  point(object: IgfObject, ref: ReturnRef): Promise<'pointed' | 'other'>;
  /** Keeps an event until its object is linked, or for as long as it may be. */
  keepWaiting(object: IgfObject, waiting: WaitingEvent): Promise<void>;
  /** What waited for the object, strongly consistent. */
  readWaiting(object: IgfObject, now: string): Promise<IgfFact[]>;
}

export interface WaitingEvent {
  eventId: string;
  fact: IgfFact;
  /** ISO 8601 UTC. */
  at: string;
}

/** How long an event waits for its return, in seconds: it may belong to another channel of the tenant. */
export const waitingSeconds = 30 * 24 * 60 * 60;

/** The fact is ours, as one string: it was checked when it was read from its event. */
const Waiting = z.object({ fact: z.string(), expiresAt: z.number() });

export function igfPointers(client: DynamoDBDocumentClient, tableName: string): IgfPointers {
  return {
    async findReturn(object) {
      const { Item } = await client.send(
        new GetCommand({ TableName: tableName, Key: keys.pointer(object), ConsistentRead: true }),
      );
      return Item && z.parse(ReturnRef, Item);
    },

    async point(object, { orderId, rmaId, itemId }) {
      try {
        await client.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...keys.pointer(object), orderId, rmaId, itemId },
            ConditionExpression:
              'attribute_not_exists(pk) OR (orderId = :orderId AND rmaId = :rmaId AND itemId = :itemId)',
            ExpressionAttributeValues: { ':orderId': orderId, ':rmaId': rmaId, ':itemId': itemId },
          }),
        );
        return 'pointed';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'other';
        throw error;
      }
    },

    async keepWaiting(object, { eventId, fact, at }) {
      await client.send(
        new PutCommand({
          TableName: tableName,
          Item: {
            ...keys.waiting(object, eventId),
            event: fact.event,
            receivedAt: at,
            fact: JSON.stringify(fact),
            expiresAt: Math.floor(Date.parse(at) / 1000) + waitingSeconds,
          },
        }),
      );
    },

    async readWaiting(object, now) {
      const items = await queryAll(client, {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :waiting)',
        ExpressionAttributeValues: { ':pk': keys.igfObject(object), ':waiting': waitingPrefix },
      });
      const second = Math.floor(Date.parse(now) / 1000);
      return items
        .map((item) => z.parse(Waiting, item))
        .filter(({ expiresAt }) => expiresAt > second)
        .map(({ fact }) => JSON.parse(fact) as IgfFact);
    },
  };
}
