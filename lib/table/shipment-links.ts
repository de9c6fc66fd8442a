import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { ReturnRef, refOf } from '../returns/order.ts';
import { RelatedShipment } from '../returns/return-item.ts';
import { epochSeconds } from '../runtime/time.ts';
import { keys } from './keys.ts';

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

  return {
    async linkBuyerOrder(buyersOrderId, ref) {
      const Item = { ...keys.servedBy(buyersOrderId, ref), forwarded: refOf(ref) };
      await client.send(new PutCommand({ TableName: tableName, Item }));
    },

    registerLabel: async (track, ref, at) => (await register(track, 'return', refOf(ref), at)).shipment,

    registerDelivery: async (shipment, at) =>
      (await register(shipment.track, 'shipment', shipment, at)).return,
  };
}
