import { IgfUnavailableError } from '../../../lib/igf/errors.ts';
import { reconcile } from '../../../lib/reconciler/reconcile.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import {
  atIgf,
  deployment,
  now,
  openingFact,
  policy,
  shipmentFact,
  situation,
} from '../../support/builders.ts';
import { FakeIgf } from '../../support/doubles/fake-igf.ts';
import { fails } from '../../support/doubles/igf-replies.ts';
import { inMemoryTable } from '../../support/doubles/in-memory-table.ts';
import { InMemoryTasksIndex } from '../../support/doubles/in-memory-tasks-index.ts';

export const ago = (minutes: number): string => new Date(Date.parse(now) - minutes * 60_000).toISOString();
export const down = (status = 503) =>
  new IgfUnavailableError('GET /listings/{id}', `IGF answered ${status}`, { status, effect: 'not-done' });

/** Listed returns, one for each order `A`, `B`, …, with the listings 1, 2, …; the first has the oldest update. */
export async function followed(count: number, ...changes: Partial<ReturnItem>[]) {
  const table = inMemoryTable();
  const igf = new FakeIgf();
  /** The calls that fail until a test mends them, such as `listings.get 7`, each with its error. */
  const failing = new Map<string, Error>();
  igf.otherwise = (effect, about) => {
    const error = failing.get(about.call.join(' '));
    return error ? fails(error)(effect, about) : effect();
  };
  const orderIds = Array.from({ length: count }, (_, index) => String.fromCharCode(65 + index));
  for (const [index, orderId] of orderIds.entries()) {
    const reached: Partial<ReturnItem> = {
      state: 'Listed',
      why: 'It was listed.',
      listingId: index + 1,
      lastUpdateAt: ago(600 - index),
      igf: atIgf('Listed'),
      ...changes[index],
    };
    const { item, order } = situation([openingFact({ orderId }), shipmentFact({ orderId })], reached);
    await table.write({ kind: 'return', content: item });
    igf.has({ id: index + 1, sku: 'sku-90' });
    for (const content of order.shipments) await table.write({ kind: 'shipment', content });
  }
  table.calls.length = 0;
  const calls = () => igf.calls.map((call) => call.join(' '));
  const index = new InMemoryTasksIndex(table, orderIds);
  const clock = { now: Date.parse(now), msLeft: 300_000 };
  /** The reason while IGF is down, if a test sets it. */
  const circuit = { refusal: (): string | undefined => undefined };
  let tokens = 0;
  const run = (options: { calls?: number; mode?: 'live' | 'observe' } = {}) =>
    reconcile(
      {
        table,
        igf,
        index,
        circuit: { refusal: () => circuit.refusal() },
        policy: policy({ mode: options.mode ?? 'live' }),
        claimLeaseMs: 390_000,
        deployment,
        now: () => clock.now,
        newToken: () => `token-${++tokens}`,
        notify: async () => {},
      },
      { calls: options.calls ?? 100 },
      () => clock.msLeft,
    );
  const item = (orderId: string): ReturnItem => {
    const [found] = table.order(orderId).returns;
    if (!found) throw new Error(`The table has no return of ${orderId}.`);
    return found;
  };
  return { table, igf, calls, failing, index, clock, run, item, circuit };
}

export const order = (id: number, listingId: number, status = 'Matched', more: object = {}) => ({
  ...{ id, listingId, status, webshopOrderId: `WEB-${id}`, updatedAt: '2024-03-11T09:00:00.000Z' },
  ...more,
});
export const bought = (id: number, status = 'Matched') => ({
  ...{ id, status, receiverId: 201, updatedAt: '2024-03-11T09:00:00.000Z' },
});
