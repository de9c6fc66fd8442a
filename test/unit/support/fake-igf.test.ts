import type { ListingRequest } from '../../../lib/igf/api/listings.ts';
import { FakeIgf } from '../../support/doubles/fake-igf.ts';
import { doneButUnanswered, inTurn, turnedAway, unanswered } from '../../support/doubles/igf-replies.ts';

const customer = { email: 'jan.jansen@example.com', firstName: 'Jan', lastName: 'Jansen' };
const request: ListingRequest = {
  sku: 'sku-90',
  productId: '381189',
  listingWebshopOrderId: '000000549',
  returnReason: 'no_reason',
  returnReasonComment: '[000000093/90]',
  originalPrice: 270,
  customer: customer as ListingRequest['customer'],
};

describe('a fake of IGF', () => {
  test('finds what was listed by its id, its order and its sku, with its mark', async () => {
    const { listings } = new FakeIgf();
    const created = await listings.create(request);
    expect(created).toMatchObject({ id: 7, status: 'Available', returnReasonComment: '[000000093/90]' });
    expect(await listings.get(7)).toEqual(created);
    expect(await listings.ofWebshopOrder('000000549')).toEqual([created]);
    expect(await listings.ofWebshopOrder('000000550')).toEqual([]);
    expect(await listings.ofSku('sku-90')).toEqual([created]);
  });

  test('refuses to cancel a listing twice, and cancels its order with it', async () => {
    const igf = new FakeIgf().has({ id: 7 }, [{ id: 3, listingId: 7, status: 'Matched' }]);
    await igf.listings.cancel(7);
    expect(await igf.orders.get(3)).toMatchObject({ status: 'Cancelled' });
    await expect(igf.listings.cancel(7)).rejects.toMatchObject({ name: 'IgfRejectedError', status: 409 });
    expect(igf.state.cancellations).toEqual([7, 7]);
  });

  test('has one order of a listing, until that is rejected', async () => {
    const igf = new FakeIgf().has({ id: 7 });
    const order = { listingId: 7, customer: request.customer };
    await igf.orders.commit(order);
    await expect(igf.orders.commit(order)).rejects.toMatchObject({ name: 'IgfRejectedError' });
    await igf.orders.reject(1);
    expect(await igf.orders.ofListing(7)).toEqual([]);
    const { id } = await igf.orders.commit(order);
    await igf.orders.confirm(id);
    await expect(igf.orders.reject(id)).rejects.toMatchObject({ name: 'IgfRejectedError' });
  });

  test('completes the order of a shipment that is set delivered', async () => {
    const order = { id: 3, listingId: 7, status: 'Shipped' };
    const igf = new FakeIgf().has({ id: 7 }, [order], [{ id: 9, orderId: 3, status: 'Shipped' }]);
    expect(await igf.shipments.setDelivered(9)).toMatchObject({ status: 'Completed' });
    expect(await igf.orders.get(3)).toMatchObject({ status: 'Completed' });
  });

  test('answers copies: nobody sees in an old answer what changed since', async () => {
    const igf = new FakeIgf().has({ id: 7 });
    const before = await igf.listings.get(7);
    await igf.listings.cancel(7);
    expect(before.status).toBe('Available');
  });
});

describe('a reply', () => {
  test('is for the next call of its operation alone, and says whether that call had its effect', async () => {
    const igf = new FakeIgf().next('listings.create', unanswered, turnedAway(30), doneButUnanswered);
    await expect(igf.listings.create(request)).rejects.toMatchObject({ effect: 'unknown' });
    await expect(igf.listings.create(request)).rejects.toMatchObject({ effect: 'not-done', retryAfter: 30 });
    expect(await igf.listings.ofSku('sku-90')).toEqual([]);
    await expect(igf.listings.create(request)).rejects.toMatchObject({
      operation: 'POST /listings',
      effect: 'unknown',
    });
    expect(await igf.listings.ofSku('sku-90')).toHaveLength(1);
    expect(igf.called('listings')).toEqual(['create', 'create', 'ofSku', 'create', 'ofSku']);
  });

  test('of a list goes to one call each, of any operation, and the calls after it are answered', async () => {
    const igf = new FakeIgf().has({ id: 7 });
    igf.otherwise = inTurn(['doneButUnanswered', 'turnedAway'], async () => {});
    await expect(igf.listings.cancel(7)).rejects.toMatchObject({ effect: 'unknown' });
    await expect(igf.listings.get(7)).rejects.toMatchObject({ effect: 'not-done' });
    expect(await igf.listings.get(7)).toMatchObject({ status: 'Cancelled' });
  });
});
