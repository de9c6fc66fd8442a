import fc from 'fast-check';
import type { EventType } from '../../../lib/facts/vendor-terms.ts';
import { IgfUnavailableError } from '../../../lib/igf/errors.ts';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import { webhookName } from '../../../lib/webhooks/igf/webhooks.ts';
import { processDelivery } from '../../../lib/worker/process.ts';
import { now, ofReturn, openingFact, shipmentFact } from '../../support/builders.ts';
import { fails, pathInDoubt } from '../../support/doubles/igf-replies.ts';
import { runs } from '../../support/long-form.ts';
import { logged, workplace } from './workplace.ts';

const igfWebhooks = senders.flatMap(({ name, webhooks }) => (name === 'igf' ? webhooks : []));

logged();

const ready = [openingFact(), shipmentFact()];
const sold = { id: 7, status: 'Matched', receiverId: 201, updatedAt: '2024-03-11T13:00:00.000Z' };
const order = { id: 3, listingId: 7, status: 'Matched', webshopOrderId: 'WEB-3', updatedAt: sold.updatedAt };

/** A worker with a return that becomes listing 7, and functions that deliver IGF's events to it. */
function bridge() {
  const place = workplace({ facts: ready });
  let events = 0;
  const happens = async (event: EventType, payload: unknown) => {
    const webhook = igfWebhooks.find(({ name }) => name === webhookName(event));
    if (!webhook) throw new Error(`There is no webhook ${event}.`);
    events += 1;
    const envelope = {
      schema: 1 as const,
      id: `igf-event-${events}`,
      webhook: webhook.name,
      version: '',
      receivedAt: now,
      correlationId: 'a-correlation',
      payload,
    };
    const delivery = { envelope, facts: webhook.facts(payload, now) };
    return processDelivery(delivery, now, place.dependencies, () => 30_000);
  };
  return { ...place, happens };
}

const shipment = (status: string, more: object = {}) => ({
  id: 9,
  orderId: 3,
  status,
  label: '3SDEVC1',
  ...more,
});

describe('an event of IGF', () => {
  test('that needs a call to IGF while it is down is retried, with the reason', async () => {
    const { happens, igf } = bridge();
    const reason = 'GET /shipments/{id}: not called: ItGoesForward is down';
    igf.next(
      'shipments.get',
      fails(
        new IgfUnavailableError('GET /shipments/{id}', 'not called: ItGoesForward is down', {
          effect: 'not-done',
        }),
      ),
    );
    const { outcome } = await happens('LABELED', { ...shipment('Labelled'), orderId: undefined });
    expect(outcome).toEqual({ kind: 'retry', reason, errorClass: 'IgfUnavailableError' });
  });

  test('finds the return of its listing by the pointer', async () => {
    const { work, happens, item } = bridge();
    await work();
    await expect(happens('UPDATE_LISTING', sold)).resolves.toMatchObject({
      outcome: { kind: 'done' },
      orderId: ofReturn.orderId,
    });
    expect(item()).toMatchObject({ state: 'Matched' });
  });

  test('about a shipment looks up its listing once; the next event finds the return by the pointer', async () => {
    const { work, happens, igf, item } = bridge();
    await work();
    igf.has(sold, [order]);
    await happens('LABELED', shipment('Labelled'));
    expect(item()).toMatchObject({ state: 'Labelled', igfOrderId: 3, igfShipmentId: 9 });
    await happens('SHIPPED', shipment('Shipped'));
    expect(item()).toMatchObject({ state: 'Shipped' });
    expect(igf.called('orders')).toEqual(['get']);
  });

  test('that comes before the answer to our own call waits, and is recorded once the listing is known', async () => {
    const { work, happens, igf, item } = bridge();
    igf.next('listings.create', async (create) => {
      await expect(happens('UPDATE_LISTING', sold)).resolves.toMatchObject({ outcome: { kind: 'skipped' } });
      return create();
    });
    await work();
    expect(item()).toMatchObject({ state: 'Matched', listingId: 7 });
  });

  test('whose listing is linked just before the event would wait is recorded, and nothing waits', async () => {
    const { work, happens, item, table } = bridge();
    table.beforeNext('keepWaiting', () => work());
    await expect(happens('UPDATE_LISTING', sold)).resolves.toMatchObject({ outcome: { kind: 'done' } });
    expect(item()).toMatchObject({ state: 'Matched', listingId: 7 });
    expect(table.waiting.size).toBe(0);
  });

  test('that waited for an order is recorded, also when the worker that writes the pointer crashes before', async () => {
    const { work, happens, igf, item, table } = bridge();
    await work();
    igf.next('orders.get', pathInDoubt);
    const { listingId: _, ...early } = order;
    await happens('REFUND', [shipment('Completed', { order: early })]);
    expect(item().refundDue ?? false).toBe(false);

    let dies = true;
    table.before(async (call) => {
      if (call !== 'write' || !dies || table.pointers.size < 2) return;
      dies = false;
      throw new Error('It died.');
    });
    const completed = shipment('Completed', { order: { ...order, status: 'Completed' } });
    expect(await happens('COMPLETED', completed)).toMatchObject({ outcome: { kind: 'retry' } });
    expect(await happens('COMPLETED', completed)).toMatchObject({ outcome: { kind: 'done' } });
    expect(dies).toBe(false);
    expect(item()).toMatchObject({ refundDue: true, igf: { events: expect.arrayContaining(['REFUND']) } });
  });

  test('whose attempt fails after its return is found is in the history of its order', async () => {
    const { work, happens, table } = bridge();
    await work();
    table.before(async (call) => {
      if (call === 'write') throw new Error('It does not take it.');
    });
    expect(await happens('UPDATE_LISTING', sold)).toMatchObject({
      outcome: { kind: 'retry' },
      orderId: ofReturn.orderId,
    });
  });

  test('about returns of several orders is in the history of one of them, however far an attempt gets', async () => {
    const { work, happens, table } = bridge();
    await work();
    await table.point({ kind: 'LISTING', id: 8 }, { ...ofReturn, orderId: 'another-order' });
    let found = 0;
    table.before(async (call) => {
      if (call !== 'readPointer') return;
      found += 1;
      if (found === 2) throw new Error('It does not answer.');
    });
    const both = [sold, { ...sold, id: 8 }];

    const attempts = [await happens('UPDATE_LISTING', both), await happens('UPDATE_LISTING', both)];

    expect(attempts.map(({ outcome, orderId }) => [outcome.kind, orderId])).toEqual([
      ['retry', ofReturn.orderId],
      ['done', ofReturn.orderId],
    ]);
  });

  test('of a foreign listing waits, and is not a failure', async () => {
    const { happens, table } = bridge();
    const foreign = { ...sold, id: 99 };
    await expect(happens('ADD_LISTING', foreign)).resolves.toEqual({
      outcome: { kind: 'skipped' },
      orderId: undefined,
      rules: [],
    });
    expect(table.waiting.get('IGF#LISTING#99')).toHaveLength(1);
  });

  test('that is repeated changes nothing', async () => {
    const { work, happens, item } = bridge();
    await work();
    await happens('UPDATE_LISTING', sold);
    const before = item();
    await happens('UPDATE_LISTING', sold);
    expect(item()).toEqual(before);
  });

  test('whose return can only be found by a call is retried while IGF is down', async () => {
    const { happens, igf } = bridge();
    igf.next(
      'orders.get',
      fails(
        new IgfUnavailableError('GET /orders/{orderId}', 'IGF answered 503', {
          status: 503,
          effect: 'unknown',
        }),
      ),
    );
    const { outcome } = await happens('SHIPPED', shipment('Shipped'));
    expect(outcome.kind).toBe('retry');
  });

  test('is never missed, in any interleaving of its worker and the linking worker', async () => {
    let waited = 0;
    const turns = fc.array(fc.nat(6), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(turns, async (pauses) => {
        const { work, happens, item, table } = bridge();
        let calls = 0;
        table.before(async (call) => {
          calls += 1;
          if (call === 'endWaiting') waited += 1;
          for (let left = pauses[calls % pauses.length] ?? 0; left > 0; left -= 1) await null;
        });
        await Promise.all([work(), happens('UPDATE_LISTING', sold)]);
        expect(item()).toMatchObject({ state: 'Matched', listingId: 7 });
        expect(table.waiting.size).toBe(0);
      }),
      runs(300),
    );
    expect(waited).toBeGreaterThan(0);
  });
});
