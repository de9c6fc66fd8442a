import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { ReturnRef } from '../returns/order.ts';
import { keys, listedPrefix, uncollectedPrefix } from '../table/keys.ts';
import { queryAll } from '../table/query.ts';

/** Names a shipment at Winkelstraat. */
export interface ShipmentRef {
  orderId: string;
  shipmentId: string;
}

/**
 * Where a listed article meets a shipment of the same article, which is of another order. Each side writes its own
 * first and reads the other's afterwards, so neither can miss the other. What is found here is where to look: the
 * return and the shipment themselves say how they are.
 */
export interface Reservations {
  /** Says that a return offers this article. @returns shipments with it that had pieces left when they were told */
  registerOffer(sku: string, ref: ReturnRef, at: string): Promise<ShipmentRef[]>;
  /** Says that nobody has collected this shipment of so many pieces. @returns returns that offered the article */
  registerOpenShipment(
    sku: string,
    shipment: ShipmentRef & { quantity: number },
    at: string,
  ): Promise<ReturnRef[]>;
  /** The returns that have taken a piece of this shipment. */
  listReservations(sku: string, shipment: ShipmentRef): Promise<ReturnRef[]>;
  /** Takes a piece of the shipment under a token; any number of times is once. */
  reserveUnit(
    sku: string,
    shipment: ShipmentRef,
    token: string,
    ref: ReturnRef,
  ): Promise<'taken' | 'none-left'>;
  /** Gives back what was taken under the token, if anything was. */
  releaseUnit(sku: string, shipment: ShipmentRef, token: string): Promise<void>;
}

/** How long either side stands here after it was told last, in seconds: longer than either waits. */
export const reservationRetentionSeconds = 90 * 24 * 60 * 60;

const ListedItem = z.extend(ReturnRef, { expiresAt: z.number() });
const UncollectedItem = z.object({
  orderId: z.string(),
  shipmentId: z.string(),
  quantity: z.number(),
  /** Who has taken a piece, by token. */
  taken: z.record(z.string(), ReturnRef),
  expiresAt: z.number(),
});

const secondOf = (at: string): number => Math.floor(Date.parse(at) / 1000);

export function reservations(client: DynamoDBDocumentClient, tableName: string): Reservations {
  const readSide = async <Item extends { expiresAt: number }>(
    sku: string,
    prefix: string,
    schema: z.ZodMiniType<Item>,
    at: string,
  ): Promise<Item[]> => {
    const items = await queryAll(client, {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': keys.article(sku), ':prefix': prefix },
    });
    return items.map((item) => z.parse(schema, item)).filter(({ expiresAt }) => expiresAt > secondOf(at));
  };

  return {
    async registerOffer(sku, { orderId, rmaId, itemId }, at) {
      const ref = { orderId, rmaId, itemId };
      await client.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...keys.listed(sku, ref), ...ref, expiresAt: secondOf(at) + reservationRetentionSeconds },
        }),
      );
      const told = await readSide(sku, uncollectedPrefix, UncollectedItem, at);
      return told
        .filter(({ taken, quantity }) => Object.keys(taken).length < quantity)
        .map((shipment) => ({ orderId: shipment.orderId, shipmentId: shipment.shipmentId }));
    },

    async registerOpenShipment(sku, { orderId, shipmentId, quantity }, at) {
      await client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: keys.uncollected(sku, { orderId, shipmentId }),
          UpdateExpression:
            'SET orderId = :orderId, shipmentId = :shipmentId, quantity = :quantity, expiresAt = :expiresAt, ' +
            'taken = if_not_exists(taken, :nobody)',
          ExpressionAttributeValues: {
            ':orderId': orderId,
            ':shipmentId': shipmentId,
            ':quantity': quantity,
            ':expiresAt': secondOf(at) + reservationRetentionSeconds,
            ':nobody': {},
          },
        }),
      );
      const told = await readSide(sku, listedPrefix, ListedItem, at);
      return told.map((listed) => ({
        orderId: listed.orderId,
        rmaId: listed.rmaId,
        itemId: listed.itemId,
      }));
    },

    async listReservations(sku, shipment) {
      const { Item } = await client.send(
        new GetCommand({ TableName: tableName, Key: keys.uncollected(sku, shipment), ConsistentRead: true }),
      );
      return Item ? Object.values(z.parse(UncollectedItem, Item).taken) : [];
    },

    async reserveUnit(sku, shipment, token, { orderId, rmaId, itemId }) {
      try {
        await client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: keys.uncollected(sku, shipment),
            UpdateExpression: 'SET taken.#token = :ref',
            ConditionExpression:
              'attribute_exists(taken.#token) OR (attribute_exists(pk) AND size(taken) < quantity)',
            ExpressionAttributeNames: { '#token': token },
            ExpressionAttributeValues: { ':ref': { orderId, rmaId, itemId } },
          }),
        );
        return 'taken';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'none-left';
        throw error;
      }
    },

    async releaseUnit(sku, shipment, token) {
      try {
        await client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: keys.uncollected(sku, shipment),
            UpdateExpression: 'REMOVE taken.#token',
            ConditionExpression: 'attribute_exists(taken.#token)',
            ExpressionAttributeNames: { '#token': token },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}
