import * as z from 'zod/mini';
import { CreditMemo, type OrderSnapshot, ReturnRef, Rma, SalesOrder, Shipment } from '../returns/order.ts';
import { ReturnItem } from '../returns/return-item.ts';
import { creditMemoPrefix, type Key, keys, salesOrderSortKey, servedByPrefix } from './keys.ts';
import { openTaskOf } from './open-task.ts';

export const ForwardedItem = z.object({ forwarded: ReturnRef });

/** A table item as the SDK gives it. */
export type StoredItem = Record<string, unknown>;

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

/** The item to write: the content as attributes under its key, with the next `rev`. */
export const toItem = (entity: Entity): StoredItem => ({
  ...entityKey(entity),
  ...entity.content,
  ...(entity.kind === 'return' && openTaskOf(entity.content)),
  rev: entity.content.rev + 1,
});

/**
 * The order, from the items of its partition.
 * @throws z.core.$ZodError when a person changed an item into something else
 */
export function toOrderSnapshot(orderId: string, items: readonly StoredItem[]): OrderSnapshot {
  const of = (prefix: string) => items.filter(({ sk }) => typeof sk === 'string' && sk.startsWith(prefix));
  const [salesOrder] = of(salesOrderSortKey).map((item) => z.parse(SalesOrder, item));
  return {
    orderId,
    ...(salesOrder && { salesOrder }),
    shipments: of('SHIPMENT#').map((item) => z.parse(Shipment, item)),
    rmas: of('RMA#').map((item) => z.parse(Rma, item)),
    returns: of('RETURN#').map((item) => z.parse(ReturnItem, item)),
    creditMemos: of(creditMemoPrefix).map((item) => z.parse(CreditMemo, item)),
    forwarded: of(servedByPrefix).map((item) => z.parse(ForwardedItem, item).forwarded),
  };
}
