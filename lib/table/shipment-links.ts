import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { ReturnRef } from '../returns/order.ts';
import { RelatedShipment } from '../returns/return-item.ts';
import { keys } from './keys.ts';

/**
 * Where what Winkelstraat tells of the buyer's parcel meets the return, which is of another order. Neither side can
 * miss the other, whoever comes first.
 */
export interface ShipmentLinks {
  /**
   * Says that a return's article is forwarded to the buyer of this order. Shipments of that order are read with it
   * from then on; those that were written before are found by reading the order afterwards.
   */
  linkBuyerOrder(buyersOrderId: string, ref: ReturnRef): Promise<void>;
  /** Says that a return's parcel has this label. @returns the parcel that was delivered under it before, if any */
  registerLabel(track: string, ref: ReturnRef, at: string): Promise<RelatedShipment | undefined>;
  /** Says that this parcel was delivered. @returns the return whose label its track number is, if it is known */
  registerDelivery(parcel: RelatedShipment, at: string): Promise<ReturnRef | undefined>;
}

/** How long a label and a delivered parcel wait for one another, in seconds: longer than any forwarding lasts. */
export const labelRetentionSeconds = 90 * 24 * 60 * 60;

/** Each side writes its own half of the item, and reads the other's as it was in the same instant. */
const LabelItem = z.object({
  label: z.optional(ReturnRef),
  parcel: z.optional(RelatedShipment),
  expiresAt: z.number(),
});
type LabelItem = z.infer<typeof LabelItem>;

/** What both sides told of a track number so far; for who only looks. */
export async function readLabel(
  client: DynamoDBDocumentClient,
  tableName: string,
  track: string,
  now: string,
): Promise<{ label?: ReturnRef | undefined; parcel?: RelatedShipment | undefined }> {
  const { Item } = await client.send(
    new GetCommand({ TableName: tableName, Key: keys.label(track), ConsistentRead: true }),
  );
  const found = Item && z.parse(LabelItem, Item);
  return found && found.expiresAt > Date.parse(now) / 1000 ? found : {};
}

export function shipmentLinks(client: DynamoDBDocumentClient, tableName: string): ShipmentLinks {
  const writeHalf = async (
    track: string,
    half: Partial<LabelItem>,
    at: string,
  ): Promise<Partial<LabelItem>> => {
    const second = Math.floor(Date.parse(at) / 1000);
    const [[name, value] = []] = Object.entries(half);
    const { Attributes } = await client.send(
      new UpdateCommand({
        TableName: tableName,
        Key: keys.label(track),
        UpdateExpression: 'SET #half = :half, expiresAt = :expiresAt',
        ExpressionAttributeNames: { '#half': String(name) },
        ExpressionAttributeValues: { ':half': value, ':expiresAt': second + labelRetentionSeconds },
        ReturnValues: 'ALL_OLD',
      }),
    );
    if (!Attributes) return {};
    const before = z.parse(LabelItem, Attributes);
    return before.expiresAt > second ? before : {};
  };

  return {
    async linkBuyerOrder(buyersOrderId, { orderId, rmaId, itemId }) {
      const forwarded = { orderId, rmaId, itemId };
      await client.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...keys.forwarded(buyersOrderId, forwarded), forwarded },
        }),
      );
    },

    async registerLabel(track, { orderId, rmaId, itemId }, at) {
      return (await writeHalf(track, { label: { orderId, rmaId, itemId } }, at)).parcel;
    },

    async registerDelivery(parcel, at) {
      return (await writeHalf(parcel.track, { parcel }, at)).label;
    },
  };
}
