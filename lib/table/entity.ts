import type { CreditMemo, Rma, SalesOrder, Shipment } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { type Key, keys } from './keys.ts';

/** An item of an order into which facts are recorded. */
export type Entity =
  | { kind: 'sales-order'; content: SalesOrder }
  | { kind: 'credit-memo'; content: CreditMemo }
  | { kind: 'shipment'; content: Shipment }
  | { kind: 'rma'; content: Rma }
  | { kind: 'return'; content: ReturnItem };

export function entityKey({ kind, content }: Entity): Key {
  switch (kind) {
    case 'sales-order':
      return keys.salesOrder(content.orderId);
    case 'credit-memo':
      return keys.creditMemo(content);
    case 'shipment':
      return keys.shipment(content);
    case 'rma':
      return keys.rma(content.orderId, content.rmaId, content.second ? content.family : undefined);
    case 'return':
      return keys.return(content);
  }
}
