/**
 * The only code that knows key strings.
 *
 * | access | how |
 * |---|---|
 * | decide about an order | query `ORDER#<order>`, sk from `R` on (RETURN, RMA, SHIPMENT; deliveries are left out) |
 * | tell an order's whole story | query `ORDER#<order>` |
 * | record a shipment, an RMA, a return | put with the condition that nobody wrote since it was read |
 * | record a delivery | update `ORDER#<order>` / `EVENT#<event id>` |
 * | claim a return, store its listing | update with the claim as condition |
 * | find the return of an IGF object | get `IGF#LISTING#<id>` / `POINTER` |
 */
export interface Key {
  pk: string;
  sk: string;
}

/** `#` separates the parts of a key, so it can't stand in one. */
const part = (value: string): string => value.replaceAll('%', '%25').replaceAll('#', '%23');

const order = (orderId: string): string => `ORDER#${part(orderId)}`;

/** Deliveries (`EVENT#…`) sort before this, everything that is decided from after it. */
export const firstFactSortKey = 'R';

export const keys = {
  order,
  shipment: (orderId: string, shipmentId: string): Key => ({
    pk: order(orderId),
    sk: `SHIPMENT#${part(shipmentId)}`,
  }),
  rma: (orderId: string, rmaId: string): Key => ({ pk: order(orderId), sk: `RMA#${part(rmaId)}` }),
  return: (orderId: string, rmaId: string, itemId: string): Key => ({
    pk: order(orderId),
    sk: `RETURN#${part(rmaId)}#${part(itemId)}`,
  }),
  event: (orderId: string, eventId: string): Key => ({ pk: order(orderId), sk: `EVENT#${part(eventId)}` }),
  listingPointer: (listingId: number): Key => ({ pk: `IGF#LISTING#${listingId}`, sk: 'POINTER' }),
};
