import { sample } from '../../support/samples.ts';

/** A message as it would stand in the queue, before it is one. */
export interface Waiting {
  readonly webhook: string;
  readonly payload: Record<string, unknown>;
}

const shipment = (order: string): Waiting => ({
  webhook: 'stock-hub/v1/shipment',
  payload: { ...sample('stock-hub/v1/shipment'), order_increment_id: order },
});
const rma = (order: string): Waiting => ({
  webhook: 'stock-hub/v1/rma',
  payload: { ...sample('stock-hub/v1/rma'), order_increment_id: order },
});
const pushRma = (order: string): Waiting => {
  const payload = sample('push-api/v2/rma');
  return {
    webhook: 'push-api/v2/rma',
    payload: { ...payload, order: { ...Object(payload.order), order_id: order } },
  };
};
const closing = (order: string): Waiting => {
  const payload = sample('push-api/v1/rma-item');
  return {
    webhook: 'push-api/v1/rma-item',
    payload: { ...payload, order: { ...Object(payload.order), order_id: order } },
  };
};

/** Returns that all are to be listed: every one of them needs IGF. */
export const returns = (count: number): Waiting[] =>
  Array.from({ length: count }, (_, index) => pushRma(`outage-${index}`));

/**
 * A merchant's day, in its order: of ten messages four are shipments, three RMAs of the stock hub (of orders that were
 * shipped), two of the push API, and one closes a return of those again.
 */
export function merchantDay(count: number): Waiting[] {
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
