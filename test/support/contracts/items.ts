import type { CreditMemo, ReturnRef, Shipment } from '../../../lib/returns/order.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import type { BridgeTable } from '../../../lib/table/bridge-table.ts';

/** The table of the running test. */
export type TheTable = () => BridgeTable;

export const aReturn = (change: Partial<ReturnItem> = {}): ReturnItem => ({
  orderId: 'order',
  rmaId: 'rma',
  itemId: 'item',
  family: 'stock-hub',
  rev: 0,
  state: 'Requested',
  why: 'It is recorded.',
  ...change,
});

export const aShipment = (change: Partial<Shipment> = {}): Shipment => ({
  orderId: 'order',
  shipmentId: 'shipment',
  rev: 0,
  items: [{ sku: 'a', quantity: 1, price: 10 }],
  ...change,
});

export const aCreditMemo = (change: Partial<CreditMemo> = {}): CreditMemo => ({
  orderId: 'order',
  memoId: 'memo',
  lineId: 'line',
  family: 'stock-hub',
  at: '2025-03-01T10:00:00.000Z',
  sku: 'a',
  rev: 0,
  ...change,
});

export const now = '2024-03-11T12:00:00.000Z';
export const ref: ReturnRef = { orderId: 'order', rmaId: 'rma', itemId: 'item' };
export const otherRef: ReturnRef = { ...ref, itemId: 'item-2' };

/** Ten workers at once. */
export const tenTimes = <T>(make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 10 }, (_, index) => make(index)));
