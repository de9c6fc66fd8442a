import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { IgfFact } from '../facts/igf-facts.ts';
import { ReturnRef } from '../returns/order.ts';
import { epochSeconds } from '../runtime/time.ts';
import { conditionalWrite, queryAll } from './dynamodb.ts';
import { type IgfObject, keys, waitingPrefix } from './keys.ts';

/**
 * Pointers by which IGF's events find their return. A worker with an event first writes the event as waiting
 * and then reads the pointer. A worker that links a return first writes the pointer and then reads the
 * waiting events. So the two can't miss each other.
 */
export interface IgfPointers {
  /** The return that an IGF object belongs to, strongly consistent. */
  findReturn(object: IgfObject): Promise<ReturnRef | undefined>;
  /**
   * Writes the pointer from an IGF object to a return. A pointer never changes: `other` when it points to
   * another return already.
   */
  point(object: IgfObject, ref: ReturnRef): Promise<'pointed' | 'other'>;
  /** Keeps an event that has no return yet, for `waitingSeconds`. */
  keepWaiting(object: IgfObject, waiting: WaitingEvent): Promise<void>;
  /** The events that wait for an object's return, strongly consistent. */
  readWaiting(object: IgfObject, now: string): Promise<IgfFact[]>;
}

export interface WaitingEvent {
  eventId: string;
  fact: IgfFact;
  /** ISO 8601 UTC. */
  at: string;
}

/** How long an event waits for its return, in seconds. It may belong to another sales channel of the tenant. */
export const waitingSeconds = 30 * 24 * 60 * 60;

/** The fact is stored as one string. It was validated when it was read from its event. */
const Waiting = z.object({ fact: z.string(), expiresAt: z.number() });

export const igfPointers = (client: DynamoDBDocumentClient, tableName: string): IgfPointers => ({
  async findReturn(object) {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: keys.pointer(object), ConsistentRead: true }),
    );
    return Item && z.parse(ReturnRef, Item);
  },

  async point(object, { orderId, rmaId, itemId }) {
    const put = new PutCommand({
      TableName: tableName,
      Item: { ...keys.pointer(object), orderId, rmaId, itemId },
      ConditionExpression:
        'attribute_not_exists(pk) OR (orderId = :orderId AND rmaId = :rmaId AND itemId = :itemId)',
      ExpressionAttributeValues: { ':orderId': orderId, ':rmaId': rmaId, ':itemId': itemId },
    });
    return (await conditionalWrite(() => client.send(put))) ? 'pointed' : 'other';
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
          expiresAt: epochSeconds(at) + waitingSeconds,
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
    return items
      .map((item) => z.parse(Waiting, item))
      .filter(({ expiresAt }) => expiresAt > epochSeconds(now))
      .map(({ fact }) => JSON.parse(fact) as IgfFact);
  },
});
