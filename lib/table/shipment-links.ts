import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { ReturnRef, refOf } from '../returns/order.ts';
import { RelatedShipment } from '../returns/return-item.ts';
import { epochSeconds } from '../runtime/time.ts';
import { queryAll } from './dynamodb.ts';
import { keys, orderPrefix, servedByPrefix } from './keys.ts';
import { ForwardedItem, type StoredItem } from './order-items.ts';

/**
 * Links a shipment at Winkelstraat with the return of another order that it concerns. Each side first
 * registers itself and then reads the registrations of the other side, so the two can't miss each other.
 */
export interface ShipmentLinks {
  /**
   * Registers that a return's article was forwarded to the buyer of this order. `readOrder` of the buyer's order then
   * names the return. Shipments that were written before are found by reading that order afterwards.
   */
  linkBuyerOrder(buyersOrderId: string, ref: ReturnRef): Promise<void>;
  /**
   * The same for a buyer's order that IGF knows by its purchase order.
   * @returns the orders that were registered under this number
   */
  linkPurchaseOrder(poNumber: string, ref: ReturnRef): Promise<string[]>;
  /** Registers the purchase order of an order. @returns the returns that were forwarded to its buyer */
  registerPurchaseOrder(poNumber: string, orderId: string): Promise<ReturnRef[]>;
  /** Registers the label of a return. @returns the shipment that was delivered under this label before, if any */
  registerLabel(track: string, ref: ReturnRef, at: string): Promise<RelatedShipment | undefined>;
  /** Registers a delivered shipment. @returns the return whose label is its track number, if that is known */
  registerDelivery(shipment: RelatedShipment, at: string): Promise<ReturnRef | undefined>;
}

/** How long a label and a delivered shipment are kept, in seconds: longer than any forwarding takes. */
export const labelRetentionSeconds = 90 * 24 * 60 * 60;

/** Each side writes its own attribute, and reads the other side's attribute in the same call. */
const LabelItem = z.object({
  return: z.optional(ReturnRef),
  shipment: z.optional(RelatedShipment),
  expiresAt: z.number(),
});
const OrderOfPo = z.object({ orderId: z.string() });
type LabelItem = z.infer<typeof LabelItem>;
type Registered = Partial<Pick<LabelItem, 'return' | 'shipment'>>;

const registeredIn = (item: unknown, now: string): Registered => {
  const found = item === undefined ? undefined : z.parse(LabelItem, item);
  return found && found.expiresAt > epochSeconds(now) ? found : {};
};

export function shipmentLinks(client: DynamoDBDocumentClient, tableName: string): ShipmentLinks {
  /** @returns the attributes before this registration */
  const register = async (
    track: string,
    side: keyof Registered,
    value: ReturnRef | RelatedShipment,
    at: string,
  ): Promise<Registered> => {
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keys.label(track),
        UpdateExpression: 'SET #side = :value, expiresAt = :expiresAt',
        ExpressionAttributeNames: { '#side': side },
        ExpressionAttributeValues: {
          ':value': value,
          ':expiresAt': epochSeconds(at) + labelRetentionSeconds,
        },
        ReturnValues: 'ALL_OLD',
      }),
    );
    return registeredIn(Attributes, at);
  };

  /** Writes one side's item into a partition, and then reads the items of the other side in it. */
  const putAndRead = async (Item: StoredItem, pk: string, otherSide: string): Promise<StoredItem[]> => {
    await client.send(new PutCommand({ TableName: tableName, Item }));
    return queryAll(client, {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :other)',
      ExpressionAttributeValues: { ':pk': pk, ':other': otherSide },
    });
  };

  return {
    async linkBuyerOrder(buyersOrderId, ref) {
      const Item = { ...keys.servedBy(buyersOrderId, ref), forwarded: refOf(ref) };
      await client.send(new PutCommand({ TableName: tableName, Item }));
    },

    async linkPurchaseOrder(poNumber, ref) {
      const key = keys.servedByPo(poNumber, ref);
      const orders = await putAndRead({ ...key, forwarded: refOf(ref) }, key.pk, orderPrefix);
      return orders.map((item) => z.parse(OrderOfPo, item).orderId);
    },

    async registerPurchaseOrder(poNumber, orderId) {
      const key = keys.orderOfPo(poNumber, orderId);
      const forwarded = await putAndRead({ ...key, orderId }, key.pk, servedByPrefix);
      return forwarded.map((item) => z.parse(ForwardedItem, item).forwarded);
    },

    registerLabel: async (track, ref, at) => (await register(track, 'return', refOf(ref), at)).shipment,

    registerDelivery: async (shipment, at) =>
      (await register(shipment.track, 'shipment', shipment, at)).return,
  };
}
