import * as z from 'zod/mini';
import { isSameReturn, ReturnRef, refOf, type ShipmentRef } from '../returns/order.ts';
import { RelatedShipment } from '../returns/return-item.ts';
import { epochSeconds } from '../runtime/time.ts';
import { isLive, type TableItems } from './dynamodb.ts';
import { type Key, keys, offerPrefix, openShipmentPrefix, orderPrefix, servedByPrefix } from './keys.ts';
import { ForwardedItem } from './orders.ts';

/** How long a registration is kept, in seconds: longer than any forwarding takes. */
export const linkRetentionSeconds = 90 * 24 * 60 * 60;

const OrderOfPo = z.object({ orderId: z.string() });
/** Each side writes its own attribute, and reads the other side's attribute in the same call. */
const LabelItem = z.object({
  return: z.optional(ReturnRef),
  shipment: z.optional(RelatedShipment),
  expiresAt: z.number(),
});
type LabelItem = z.infer<typeof LabelItem>;
const OfferItem = z.extend(ReturnRef, { expiresAt: z.number() });
const OpenShipmentItem = z.object({
  orderId: z.string(),
  shipmentId: z.string(),
  quantity: z.number(),
  /** The returns that have reserved a unit, by token. */
  reservations: z.record(z.string(), ReturnRef),
  expiresAt: z.number(),
});

const expiryAt = (at: string): number => epochSeconds(at) + linkRetentionSeconds;

/**
 * Links a shipment at Winkelstraat with the return of another order whose article was forwarded to its receiver, or
 * could be. Each side registers itself and then reads the other side, so the two can't miss each other. A registration
 * may be out of date: read return or shipment before acting on it.
 */
export const links = (items: TableItems) => {
  const read = async <Item>(pk: string, side: string, schema: z.ZodMiniType<Item>): Promise<Item[]> =>
    (await items.query(pk, 'begins_with(sk, :sk)', side)).map((item) => z.parse(schema, item));
  const putForwarded = (key: Key, ref: ReturnRef) => items.put({ ...key, forwarded: refOf(ref) });

  /** @returns the attributes before this registration */
  const registerAt = async (
    track: string,
    side: Pick<LabelItem, 'return'> | Pick<LabelItem, 'shipment'>,
    at: string,
  ): Promise<Partial<LabelItem>> => {
    const set = { ...side, expiresAt: expiryAt(at) };
    const answer = await items.update(keys.label(track), { set }, { ReturnValues: 'ALL_OLD' });
    const before = answer?.Attributes && z.parse(LabelItem, answer.Attributes);
    return before && isLive(before, at) ? before : {};
  };

  return {
    /**
     * Registers that a return's article was forwarded to the buyer of this order, whose `readOrder` then names the
     * return. Shipments that were written before are found by reading that order afterwards.
     */
    async linkBuyerOrder(buyersOrderId: string, ref: ReturnRef): Promise<void> {
      await putForwarded(keys.servedBy(buyersOrderId, ref), ref);
    },

    /** The same for an order that IGF knows by its purchase order. @returns the orders with this number */
    async linkPurchaseOrder(poNumber: string, ref: ReturnRef): Promise<string[]> {
      const key = keys.servedByPo(poNumber, ref);
      await putForwarded(key, ref);
      return (await read(key.pk, orderPrefix, OrderOfPo)).map(({ orderId }) => orderId);
    },

    /** Registers the purchase order of an order. @returns the returns that were forwarded to its buyer */
    async registerPurchaseOrder(poNumber: string, orderId: string): Promise<ReturnRef[]> {
      const key = keys.orderOfPo(poNumber, orderId);
      await items.put({ ...key, orderId });
      return (await read(key.pk, servedByPrefix, ForwardedItem)).map(({ forwarded }) => forwarded);
    },

    /** Registers the label of a return. @returns the shipment that was delivered under this label before, if any */
    registerLabel: async (track: string, ref: ReturnRef, at: string): Promise<RelatedShipment | undefined> =>
      (await registerAt(track, { return: refOf(ref) }, at)).shipment,

    /** Registers a delivered shipment. @returns the return whose label is its track number, if that is known */
    registerDelivery: async (shipment: RelatedShipment, at: string): Promise<ReturnRef | undefined> =>
      (await registerAt(shipment.track, { shipment }, at)).return,

    /**
     * Registers that a return offers this article.
     * @returns its shipments that have units left, and those of which this return has a unit already: a caller that does
     * not know of that unit has read the return too early, and its next write says so
     */
    async registerOffer(sku: string, ref: ReturnRef, at: string): Promise<ShipmentRef[]> {
      await items.put({ ...keys.offer(sku, ref), ...refOf(ref), expiresAt: expiryAt(at) });
      return (await read(keys.article(sku), openShipmentPrefix, OpenShipmentItem))
        .filter((shipment) => isLive(shipment, at))
        .filter(({ reservations, quantity }) => {
          const holders = Object.values(reservations);
          return holders.length < quantity || holders.some((holder) => isSameReturn(holder, ref));
        })
        .map(({ orderId, shipmentId }) => ({ orderId, shipmentId }));
    },

    /** Registers a shipment that nobody has collected, with its units. @returns the returns that offer the article */
    async registerOpenShipment(
      sku: string,
      { orderId, shipmentId, quantity }: ShipmentRef & { quantity: number },
      at: string,
    ): Promise<ReturnRef[]> {
      const set = { orderId, shipmentId, quantity, expiresAt: expiryAt(at) };
      await items.update(keys.openShipment(sku, set), { set, setOnce: { reservations: {} } });
      const offers = await read(keys.article(sku), offerPrefix, OfferItem);
      return offers.filter((offer) => isLive(offer, at)).map(refOf);
    },

    async listReservations(sku: string, shipment: ShipmentRef): Promise<ReturnRef[]> {
      const item = await items.get(keys.openShipment(sku, shipment));
      return item ? Object.values(z.parse(OpenShipmentItem, item).reservations) : [];
    },

    /**
     * Reserves a unit of the shipment under a token. Repeating it with the same token changes nothing. A token that was
     * released reserves nothing any more.
     */
    async reserveUnit(
      sku: string,
      shipment: ShipmentRef,
      token: string,
      ref: ReturnRef,
    ): Promise<'reserved' | 'none-left'> {
      const reserved = await items.update(
        keys.openShipment(sku, shipment),
        {},
        {
          UpdateExpression: 'SET reservations.#token = :ref',
          ConditionExpression:
            'attribute_exists(reservations.#token) OR (attribute_exists(pk) AND size(reservations) < quantity AND NOT contains(released, :token))',
          ExpressionAttributeNames: { '#token': token },
          ExpressionAttributeValues: { ':ref': refOf(ref), ':token': token },
        },
      );
      return reserved ? 'reserved' : 'none-left';
    },

    /** Releases the unit that is reserved under the token, or that a worker which is late is about to reserve. */
    async releaseUnit(sku: string, shipment: ShipmentRef, token: string): Promise<void> {
      await items.update(
        keys.openShipment(sku, shipment),
        {},
        {
          UpdateExpression: 'REMOVE reservations.#token ADD released :tokens',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#token': token },
          ExpressionAttributeValues: { ':tokens': new Set([token]) },
        },
      );
    },
  };
};
