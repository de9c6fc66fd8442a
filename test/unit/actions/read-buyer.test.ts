import { recordIgfFacts } from '../../../lib/record/link.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { atIgf, ofReturn, openingFact, shipmentFact } from '../../support/builders.ts';
import { garbage, pathInDoubt, refuses, turnedAway, unanswered } from '../../support/doubles/igf-replies.ts';
import { logged, workplace } from '../worker/workplace.ts';

logged();
const boughtAt = '2024-03-10T09:00:00.000Z';
const sold = { ...atIgf('Matched'), boughtAt, order: undefined };
const matched = (overrides: Partial<ReturnItem> = {}) =>
  workplace({
    facts: [openingFact(), shipmentFact()],
    reached: { state: 'Listed', listingId: 7, why: 'Listed.', igf: sold, ...overrides },
  });
const order = { id: 3, listingId: 7, status: 'Matched', webshopOrderId: 'WEB-3', updatedAt: boughtAt };

describe('a listing that somebody bought', () => {
  test('has its buyer’s order read once, and linked', async () => {
    const { work, igf, item, table } = matched();
    igf.next('orders.ofListing', async () => [order, { ...order, id: 4, listingId: 8, webshopOrderId: 'X' }]);

    await expect(work()).resolves.toEqual({ kind: 'done' });
    await work([], { eventId: 'event-2' });

    expect(igf.calls).toEqual([['orders.ofListing', 7]]);
    expect(item()).toMatchObject({
      state: 'Matched',
      igfOrderId: 3,
      igf: { order: { id: 3, webshopOrderId: 'WEB-3' } },
    });
    expect(table.pointers.get('IGF#ORDER#3')).toMatchObject(ofReturn);
  });

  test.each([
    ['IGF does not answer', unanswered],
    ['IGF turns the call away', turnedAway()],
    ['the answer is something else', garbage],
    ['the path may be wrong', pathInDoubt],
    ['IGF refuses', refuses(400)],
  ])('is followed all the same when %s, and its orders are not read again', async (_why, reply) => {
    const { work, igf, item } = matched();
    igf.next('orders.ofListing', reply);

    await expect(work()).resolves.toEqual({ kind: 'done' });
    await work([], { eventId: 'event-2' });

    expect(igf.called('orders')).toEqual(['ofListing']);
    expect(item()).toMatchObject({ state: 'Matched' });
  });

  test('has its orders read again when the listing has changed since, because IGF had none', async () => {
    const { work, igf, item, dependencies } = matched();
    igf.next('orders.ofListing', async () => []);
    await work();
    const updatedAt = '2024-03-10T10:00:00.000Z';
    igf.next('orders.ofListing', async () => [order]);

    await recordIgfFacts(
      item(),
      [{ kind: 'igf', listingId: 7, listing: { ...sold.listing, updatedAt } }],
      dependencies,
    );
    await work([], { eventId: 'event-2' });

    expect(igf.called('orders')).toEqual(['ofListing', 'ofListing']);
    expect(item().igf?.order?.webshopOrderId).toBe('WEB-3');
  });

  test('is asked for no more when IGF gave its order no number in the webshop', async () => {
    const { work, igf, item } = matched();
    igf.next('orders.ofListing', async () => [{ ...order, webshopOrderId: null }]);

    await work();
    await work([], { eventId: 'event-2' });

    expect(igf.called('orders')).toEqual(['ofListing']);
    expect(item().igf?.order).toMatchObject({ id: 3 });
  });

  test('is not read with mode=observe', async () => {
    const { work, igf } = workplace({
      facts: [openingFact(), shipmentFact()],
      reached: { state: 'Listed', listingId: 7, why: 'Listed.', igf: sold },
      policy: { mode: 'observe' },
    });

    await work();

    expect(igf.calls).toEqual([]);
  });
});

describe('a forwarding that ended', () => {
  const ended = { ...sold.listing, status: 'Cancelled', updatedAt: '2024-03-10T11:00:00.000Z' };

  test.each([
    ['its number in the webshop', order, 'Serve WEB-3 from stock: the forwarding ended.'],
    [
      'its number at IGF where IGF gave no other',
      { ...order, webshopOrderId: null },
      'Serve order 3 at ItGoesForward from stock: the forwarding ended.',
    ],
  ])('has one notice, which names the buyer’s order by %s', async (_what, answer, attention) => {
    const { work, igf, people, item } = matched({
      igf: { events: ['RETURN_CANCELED'], listing: { ...ended, receiverId: 201 } },
    });
    igf.next('orders.ofListing', async () => [answer]);

    await work();

    expect(item()).toMatchObject({ state: 'Cancelled', attention });
    expect(people.notices).toHaveLength(1);
  });

  test('without a receiver is not asked for a buyer', async () => {
    const { work, igf } = matched({
      igf: { events: ['RETURN_CANCELED'], listing: { status: 'Cancelled', updatedAt: boughtAt } },
    });

    await work();

    expect(igf.calls).toEqual([]);
  });

  test('has a notice all the same when IGF does not answer', async () => {
    const { work, igf, item } = matched({ igf: { ...sold, events: ['RETURN_CANCELED'] } });
    igf.next('orders.ofListing', unanswered);

    await work();

    expect(item().attention).toBe("Serve the buyer's order from stock: the forwarding ended.");
  });
});
