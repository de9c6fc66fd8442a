import { IgfRejectedError, IgfUnavailableError } from '../../../lib/igf/errors.ts';
import type { Igf } from '../../../lib/igf/worker-igf.ts';
import { listing } from './scripted-igf.ts';
import type { CallEnd } from './unreliable-igf.ts';

type Order = Awaited<ReturnType<Igf['orders']['ofListing']>>[number];

/** IGF with listings that can be ordered, whose every call has the next of these ends; then it answers. */
export function orderingIgf(
  listingIds: readonly number[],
  ends: readonly CallEnd[],
  pause: () => Promise<void>,
) {
  const left = [...ends];
  const statuses = new Map(listingIds.map((id) => [id, 'Available']));
  const orders: (Order & { listingId: number; confirmed: boolean })[] = [];
  /** Every commit that took effect, by the buyer's order. */
  const commits: (string | undefined)[] = [];
  let lastId = 0;

  async function call<Answer>(operation: string, effect: () => Answer): Promise<Answer> {
    await pause();
    const end = left.shift() ?? 'answered';
    if (end === 'turned-away')
      throw new IgfUnavailableError(operation, 'IGF answered 429', { effect: 'not-done' });
    const lost = new IgfUnavailableError(operation, 'no answer', { effect: 'unknown' });
    if (end === 'failed') throw lost;
    const answer = effect();
    await pause();
    if (end === 'done-but-unanswered') throw lost;
    return answer;
  }
  const refuse = (operation: string): never => {
    throw new IgfRejectedError(operation, 400, undefined);
  };
  const isLive = ({ status }: Order): boolean => status !== 'Cancelled';
  const open = (operation: string, orderId: number) =>
    orders.find(({ id, confirmed, ...order }) => id === orderId && !confirmed && isLive({ id, ...order })) ??
    refuse(operation);

  const ordering: Pick<Igf['orders'], 'ofListing' | 'commit' | 'confirm' | 'reject'> = {
    ofListing: (listingId) =>
      call('GET /orders', () =>
        orders.filter((order) => order.listingId === listingId).map((o) => ({ ...o })),
      ),
    commit: ({ listingId, webshopOrderId }) =>
      call('POST /orders/commit', () => {
        if (statuses.get(listingId) !== 'Available') refuse('POST /orders/commit');
        lastId += 1;
        const order = { id: lastId, listingId, webshopOrderId, status: 'Matched' as const, confirmed: false };
        statuses.set(listingId, 'Pending');
        orders.push(order);
        commits.push(webshopOrderId);
        return { ...order };
      }),
    confirm: (orderId) =>
      call('POST /orders/finalize/{id}', () => {
        const order = open('POST /orders/finalize/{id}', orderId);
        order.confirmed = true;
        statuses.set(order.listingId, 'Matched');
        return { ...order };
      }),
    reject: (orderId) =>
      call('POST /orders/finalize/{id}', () => {
        const order = open('POST /orders/finalize/{id}', orderId);
        statuses.set(order.listingId, 'Available');
        orders.splice(orders.indexOf(order), 1);
      }),
  };
  const listings: Pick<Igf['listings'], 'get' | 'cancel'> = {
    get: (id) => call('GET /listings/{id}', () => listing({ id, status: statuses.get(id) })),
    cancel: (id) =>
      call('PUT /listings/cancel/{listingId}', () => {
        statuses.set(id, 'Cancelled');
        for (const order of orders) if (order.listingId === id) order.status = 'Cancelled';
      }),
  };
  return { ordering, listings, orders, statuses, commits };
}
