import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// biome-ignore lint/suspicious/noExplicitAny: payloads are what a vendor sends, and tests bend them.
type Payload = Record<string, any>;

const sample = (name: string): Payload =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../samples', `${name}.json`), 'utf8'));

let orders = 0;

function nextOrderId(): string {
  orders += 1;
  return `9${String(process.pid).padStart(7, '0')}${orders}`;
}

/**
 * The vendors' own payloads, under an order of their own, so that stories do not meet in one runtime. Overrides are
 * laid over the payload; `item` over its (first) item.
 */
export function newOrder(orderId = nextOrderId()) {
  const withItem = (payload: Payload, item: Payload, overrides: Payload) => ({
    ...payload,
    items: [{ ...payload.items[0], ...item }],
    ...overrides,
  });
  return {
    orderId,
    shipment: (overrides: Payload = {}, item: Payload = {}) =>
      withItem({ ...sample('stock-hub-v1-shipment'), order_increment_id: orderId }, item, overrides),
    rma: (overrides: Payload = {}, item: Payload = {}) =>
      withItem({ ...sample('stock-hub-v1-rma'), order_increment_id: orderId }, item, overrides),
    v2Rma: (overrides: Payload = {}, item: Payload = {}) => {
      const payload = sample('push-api-v2-rma');
      return withItem({ ...payload, order: { ...payload.order, order_id: orderId } }, item, overrides);
    },
    rmaItem: (item: Payload = {}, rma: Payload = {}) => {
      const payload = sample('push-api-v1-rma-item');
      return {
        rma: { ...payload.rma, ...rma },
        order: { ...payload.order, order_id: orderId },
        rma_item: { ...payload.rma_item, ...item },
      };
    },
  };
}
