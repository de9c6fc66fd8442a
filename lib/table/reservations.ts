import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { ReturnRef, refOf, type ShipmentRef } from '../returns/order.ts';
import { epochSeconds } from '../runtime/time.ts';
import { conditionalWrite, queryAll } from './dynamodb.ts';
import { keys, offerPrefix, openShipmentPrefix } from './keys.ts';

/**
 * Matches a listed article with a shipment of the same article in another order. Each side first registers
 * itself and then reads the registrations of the other side, so the two can't miss each other. A registration
 * may be out of date: read the return or the shipment itself before acting on it.
 */
export interface Reservations {
  /**
   * Registers that a return offers this article.
   * @returns the shipments of it that had units left when they were registered
   */
  registerOffer(sku: string, ref: ReturnRef, at: string): Promise<ShipmentRef[]>;
  /** Registers a shipment that nobody has collected, with its units. @returns the returns that offer the article */
  registerOpenShipment(
    sku: string,
    shipment: ShipmentRef & { quantity: number },
    at: string,
  ): Promise<ReturnRef[]>;
  /** The returns that have reserved a unit of this shipment. */
  listReservations(sku: string, shipment: ShipmentRef): Promise<ReturnRef[]>;
  /** Reserves a unit of the shipment under a token. Repeating it with the same token changes nothing. */
  reserveUnit(
    sku: string,
    shipment: ShipmentRef,
    token: string,
    ref: ReturnRef,
  ): Promise<'reserved' | 'none-left'>;
  /** Releases the unit that is reserved under the token, if there is one. */
  releaseUnit(sku: string, shipment: ShipmentRef, token: string): Promise<void>;
}

/** How long an offer and an open shipment are kept after their last registration, in seconds. */
export const reservationRetentionSeconds = 90 * 24 * 60 * 60;

const OfferItem = z.extend(ReturnRef, { expiresAt: z.number() });
const OpenShipmentItem = z.object({
  orderId: z.string(),
  shipmentId: z.string(),
  quantity: z.number(),
  /** The returns that have reserved a unit, by token. */
  reservations: z.record(z.string(), ReturnRef),
  expiresAt: z.number(),
});

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
    return items.map((item) => z.parse(schema, item)).filter(({ expiresAt }) => expiresAt > epochSeconds(at));
  };

  return {
    async registerOffer(sku, ref, at) {
      const expiresAt = epochSeconds(at) + reservationRetentionSeconds;
      await client.send(
        new PutCommand({ TableName: tableName, Item: { ...keys.offer(sku, ref), ...refOf(ref), expiresAt } }),
      );
      const shipments = await readSide(sku, openShipmentPrefix, OpenShipmentItem, at);
      return shipments
        .filter((shipment) => Object.keys(shipment.reservations).length < shipment.quantity)
        .map(({ orderId, shipmentId }) => ({ orderId, shipmentId }));
    },

    async registerOpenShipment(sku, { orderId, shipmentId, quantity }, at) {
      await client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: keys.openShipment(sku, { orderId, shipmentId }),
          UpdateExpression:
            'SET orderId = :orderId, shipmentId = :shipmentId, quantity = :quantity, expiresAt = :expiresAt, ' +
            'reservations = if_not_exists(reservations, :none)',
          ExpressionAttributeValues: {
            ':orderId': orderId,
            ':shipmentId': shipmentId,
            ':quantity': quantity,
            ':expiresAt': epochSeconds(at) + reservationRetentionSeconds,
            ':none': {},
          },
        }),
      );
      return (await readSide(sku, offerPrefix, OfferItem, at)).map(refOf);
    },

    async listReservations(sku, shipment) {
      const { Item } = await client.send(
        new GetCommand({ TableName: tableName, Key: keys.openShipment(sku, shipment), ConsistentRead: true }),
      );
      return Item ? Object.values(z.parse(OpenShipmentItem, Item).reservations) : [];
    },

    async reserveUnit(sku, shipment, token, ref) {
      const update = new UpdateCommand({
        TableName: tableName,
        Key: keys.openShipment(sku, shipment),
        UpdateExpression: 'SET reservations.#token = :ref',
        ConditionExpression:
          'attribute_exists(reservations.#token) OR (attribute_exists(pk) AND size(reservations) < quantity)',
        ExpressionAttributeNames: { '#token': token },
        ExpressionAttributeValues: { ':ref': refOf(ref) },
      });
      return (await conditionalWrite(() => client.send(update))) ? 'reserved' : 'none-left';
    },

    async releaseUnit(sku, shipment, token) {
      const update = new UpdateCommand({
        TableName: tableName,
        Key: keys.openShipment(sku, shipment),
        UpdateExpression: 'REMOVE reservations.#token',
        ConditionExpression: 'attribute_exists(reservations.#token)',
        ExpressionAttributeNames: { '#token': token },
      });
      await conditionalWrite(() => client.send(update));
    },
  };
}
