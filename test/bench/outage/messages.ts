import { webhookSample } from '../../support/samples.ts';

/** A webhook that is to be put into the queue. */
export interface QueuedWebhook {
  readonly webhook: string;
  readonly payload: Record<string, unknown>;
}

const shipment = (order: string): QueuedWebhook => ({
  webhook: 'stock-hub/v1/shipment',
  payload: { ...webhookSample('stock-hub/v1/shipment'), order_increment_id: order },
});
const rma = (order: string): QueuedWebhook => ({
  webhook: 'stock-hub/v1/rma',
  payload: { ...webhookSample('stock-hub/v1/rma'), order_increment_id: order },
});
const pushRma = (order: string): QueuedWebhook => {
  const payload = webhookSample('push-api/v2/rma');
  return {
    webhook: 'push-api/v2/rma',
    payload: { ...payload, order: { ...Object(payload.order), order_id: order } },
  };
};
const closing = (order: string): QueuedWebhook => {
  const payload = webhookSample('push-api/v1/rma-item');
  return {
    webhook: 'push-api/v1/rma-item',
    payload: { ...payload, order: { ...Object(payload.order), order_id: order } },
  };
};

/** Returns that must all be listed, so each of them needs IGF. */
export const returns = (count: number): QueuedWebhook[] =>
  Array.from({ length: count }, (_, index) => pushRma(`outage-${index}`));

/**
 * The first webhooks of a merchant's day. Of ten, four are shipments, three are RMAs of the stock hub for shipped orders,
 * two are RMAs of the push API, and one closes a return of those.
 */
export function merchantDay(count: number): QueuedWebhook[] {
  const tens = Array.from({ length: Math.ceil(count / 10) }, (_, ten) => {
    const order = (name: string): string => `day-${ten}-${name}`;
    return [
      ...['a', 'b', 'c', 'd'].map((name) => shipment(order(name))),
      ...['a', 'b', 'c'].map((name) => rma(order(name))),
      pushRma(order('e')),
      pushRma(order('f')),
      closing(order('e')),
    ];
  });
  return tens.flat().slice(0, count);
}
