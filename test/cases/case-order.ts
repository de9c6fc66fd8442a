import type { Json } from '../support/builders.ts';
import type { Delivery } from '../support/webhooks.ts';

/** A webhook of Winkelstraat, and the status of its answer. */
export interface Post extends Delivery {
  readonly kind: 'post';
  readonly answer: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body byte for byte, in place of the payload as JSON. */
  readonly bytes?: Uint8Array;
}

const email = 'noor.dewit@example.com';

/** The customer as stock-hub writes her. */
export const stockHubAddress = {
  first_name: 'Noor',
  last_name: 'de Wit',
  street: 'Kastanjelaan',
  house_number: '8',
  postcode: '3511AA',
  city: 'Utrecht',
  country_id: 'NL',
  email,
};

/** The customer as push-api writes her. */
export const pushApiAddress = {
  name: 'Noor de Wit',
  street: 'Kastanjelaan',
  housenumber: '8',
  postcode: '3511AA',
  city: 'Utrecht',
  country: 'NL',
  email,
};

/** `base`, or the items that differ from it so. */
const each = (base: Json, items: readonly Json[]): Json[] =>
  items.length > 0 ? items.map((item) => ({ ...base, ...item })) : [base];

/** The webhooks of one order, each with the fields that a case cares about, and few others. */
export class CaseOrder {
  /** Winkelstraat's number of the order. */
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }

  /** A name such as `R1`, which no other order has. */
  named = (name: string): string => `${name}-${this.id}`;

  /** The article `sku-a` for 270, delivered. */
  shipment = (header: Json = {}, ...items: Json[]): Post =>
    post('stock-hub/v1/shipment', {
      increment_id: this.named('S1'),
      order_increment_id: this.id,
      status: 'DELIVERED',
      currency: 'EUR',
      updated_at: '2024-02-20 15:31:54',
      items: each({ sku: 'sku-a', qty: 1, item_price_inc_tax: 270 }, items),
      shipping_address: stockHubAddress,
      ...header,
    });

  /** The RMA `R1`, authorized, with the item `1`. */
  rma = (header: Json = {}, ...items: Json[]): Post =>
    post('stock-hub/v1/rma', {
      increment_id: this.named('R1'),
      order_increment_id: this.id,
      status: 'authorized',
      currency: 'EUR',
      items: each(
        {
          id: 1,
          sku: 'sku-a',
          status: 'authorized',
          reason: 'no_reason',
          resolution: 'refund',
          qty_requested: 1,
          item_return_fee: 2.95,
        },
        items,
      ),
      ...header,
    });

  /** The RMA `R1` as push-api writes it, authorized, with the item `A` for 120. */
  v2Rma = (header: Json = {}, ...items: Json[]): Post =>
    post('push-api/v2/rma', {
      rma_id: this.named('R1'),
      status: 'authorized',
      items: each(
        {
          rma_item_id: 'A',
          sku: 'sku-a',
          price: 120,
          reason: 'Te klein',
          resolution: 'Terugbetalen',
        },
        items,
      ),
      order: { order_id: this.id, address: pushApiAddress },
      ...header,
    });

  /** `v2Rma` with other fields of its address. */
  v2RmaTo = (address: Json | null, header: Json = {}, ...items: Json[]): Post =>
    this.v2Rma(
      { order: { order_id: this.id, address: address && { ...pushApiAddress, ...address } }, ...header },
      ...items,
    );

  /** `rma-item` of the item `A`, in the version that Winkelstraat sends today. */
  rmaItem = (item: Json = {}, rma: Json = {}): Post =>
    post('push-api/v2/rma-item', {
      rma: { rma_id: this.named('R1'), ...rma },
      order: { order_id: this.id, shipping_address: pushApiAddress },
      rma_item: {
        rma_item_id: 'A',
        sku: 'sku-a',
        price: 120,
        reason: 'Te klein',
        resolution: 'Terugbetalen',
        updated_at: '2024-03-01T10:00:00Z',
        ...item,
      },
    });

  /** Winkelstraat refunded one unit of `sku-a` to the customer of a reseller. */
  creditMemo = (header: Json = {}, ...items: Json[]): Post =>
    post('stock-hub/v1/creditmemo', {
      increment_id: this.named('M1'),
      order_increment_id: this.id,
      currency: 'EUR',
      created_at: '2024-04-20 10:00:00',
      items: each(
        {
          sku: 'sku-a',
          qty: 1,
          reversal: false,
          item_price_inc_tax: 270,
          row_total_inc_tax: 270,
          return_item_fee: 2.95,
        },
        items,
      ),
      ...header,
    });

  /** Winkelstraat refunded one unit of `sku-a` to a customer of a merchant. */
  orderItem = (update: Json = {}, item: Json = {}): Post =>
    post('push-api/v2/order-item', {
      order: { order_id: this.id },
      order_item: {
        order_item_id: this.named('L1'),
        sku: 'sku-a',
        price: 120,
        updated_at: '2024-04-20T10:00:00Z',
        ...item,
      },
      update: {
        order_type_event: 'CREDITMEMO',
        creditmemo_id: this.named('M1'),
        creditmemo_item_id: this.named('M1-1'),
        status: 'NONE',
        quantity: 1,
        ...update,
      },
    });
}

const post = (webhook: string, payload: Json): Post => ({ kind: 'post', webhook, payload, answer: 202 });
