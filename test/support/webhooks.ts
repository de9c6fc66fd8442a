import { type Json, pushApiRma, rmaItemPayload, sample, stockHubRma, stockHubShipment } from './builders.ts';

/** A delivery: which webhook, and its body. */
export interface Delivery {
  readonly webhook: string;
  readonly payload: Json;
}

/** The vendor's shipment 000000288 of order 000000549, with these lines in place of its one. */
export const shipment = (header?: Json, ...lines: Json[]): Delivery => ({
  webhook: 'stock-hub/v1/shipment',
  payload: stockHubShipment(header, ...lines),
});

/** The vendor's stock-hub RMA 000000093 of order 000000549, with these items in place of its one, item 90. */
export const rma = (header?: Json, ...items: Json[]): Delivery => ({
  webhook: 'stock-hub/v1/rma',
  payload: stockHubRma(header, ...items),
});

/** The vendor's stock-hub credit memo 000000037 of order 000000549, with other header fields. */
export const creditMemo = (header: Json = {}): Delivery => ({
  webhook: 'stock-hub/v1/creditmemo',
  payload: { ...sample('stock-hub-v1-creditmemo'), ...header },
});

/** The vendor's push-api `v2/rma` 000000078 of order 000000549, with these items in place of its one, item YEK. */
export const v2Rma = (header?: Json, ...items: Json[]): Delivery => ({
  webhook: 'push-api/v2/rma',
  payload: pushApiRma(header, ...items),
});

/** The vendor's `rma-item` about the same item, with other fields of the item and of its RMA. */
export const rmaItem = (item: Json = {}, itsRma: Json = {}): Delivery => ({
  webhook: 'push-api/v1/rma-item',
  payload: rmaItemPayload({ rma_item: item, rma: itsRma }),
});

/** The order of the vendors' samples, the article of the stock-hub ones, and who bought it. */
export const order = '000000549';
export const sku = 'wsnl199-5c9de5ad4681ed3eb551e7ee';
export const customerEmail = 'jan.jansen@gwinkelstraat.nl';
