import { IgfUnavailableError } from '../../../lib/igf/errors.ts';
import type { WorkerDependencies } from '../../../lib/worker/worker-handler.ts';
import { type Listing, listing } from './scripted-igf.ts';

/** What happens to one call: answered, answered with 500 before or after it was done, or turned away with 429. */
export type CallEnd = 'answered' | 'failed' | 'done-but-unanswered' | 'turned-away';

/** IGF with a state, whose every call has the next of these ends; when they are used up, it answers. */
export function unreliableIgf(ends: readonly CallEnd[], pause: () => Promise<void>) {
  const left = [...ends];
  const made: (Listing & { webshopOrderId: string })[] = [];
  const cancellations: number[] = [];

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
  const unused = (name: string) => async () => {
    throw new Error(`The test supplied no ${name}.`);
  };

  const igf: WorkerDependencies['igf'] = {
    info: { forwardable: unused('info.forwardable') },
    orders: {
      get: unused('orders.get'),
      ofListing: () => call('GET /orders', () => []),
      commit: unused('orders.commit'),
      confirm: unused('orders.confirm'),
      reject: unused('orders.reject'),
    },
    returns: { all: unused('returns.all'), create: unused('returns.create') },
    shipments: {
      get: unused('shipments.get'),
      ofListing: unused('shipments.ofListing'),
      setDelivered: unused('shipments.setDelivered'),
    },
    listings: {
      create: (request) =>
        call('POST /listings', () => {
          const { sku, returnReasonComment, customer } = request;
          const created = listing({
            id: made.length + 1,
            sku,
            returnReasonComment,
            sender: { email: customer.email },
          });
          made.push({ ...created, webshopOrderId: request.listingWebshopOrderId });
          return created;
        }),
      get: (id) => call('GET /listings/{id}', () => made.find((entry) => entry.id === id) ?? listing({ id })),
      ofWebshopOrder: (orderId) =>
        call('GET /listings/all', () => made.filter(({ webshopOrderId }) => webshopOrderId === orderId)),
      ofSku: unused('ofSku'),
      cancel: (id) =>
        call('PUT /listings/cancel/{listingId}', () => {
          cancellations.push(id);
          for (const entry of made) if (entry.id === id) entry.status = 'Cancelled';
        }),
    },
  };
  return { igf, made, cancellations };
}
