import type { RelatedShipment } from '../../../lib/returns/return-item.ts';
import { atIgf, openingFact } from '../../support/builders.ts';
import type { ReplyTo } from '../../support/doubles/fake-igf.ts';
import { refuses, turnedAway, unanswered } from '../../support/doubles/igf-replies.ts';
import { leaseSeconds, logged, workplace } from '../worker/workplace.ts';

logged();
const label = '3SDEVC676401291';
const delivered: RelatedShipment = {
  orderId: 'WEB-3',
  shipmentId: '000000401',
  track: label,
  delivered: true,
  at: '2024-03-11T09:00:00.000Z',
};
const shipment = (status: string, updatedAt = '2024-03-11T12:00:01.000Z') => ({ id: 9, status, updatedAt });

interface Replies {
  set?: ReplyTo<'shipments.setDelivered'>[];
  get?: ReplyTo<'shipments.get'>[];
}

/** A shipped return with a delivered shipment, and IGF with these answers. */
function place({ set = [], get = [] }: Replies, mode: 'live' | 'observe' = 'live') {
  const igf = { ...atIgf('Shipped'), shipment: { id: 9, status: 'Shipped', label } };
  const reached = { state: 'Shipped' as const, listingId: 7, igf, relatedShipments: [delivered] };
  const surroundings = workplace({ facts: [openingFact()], reached, policy: { mode } });
  surroundings.igf.next('shipments.setDelivered', ...set).next('shipments.get', ...get);
  const calls = () => surroundings.igf.callsOf('shipments.').map((call) => call.join(' '));
  return { ...surroundings, calls };
}

const refusal = refuses(400, 'E3000');
const noAnswer = unanswered;

test('a shipment is set delivered at IGF once, and the return is completed by its answer', async () => {
  const { work, item, calls } = place({ set: [() => shipment('Completed')] });

  await expect(work()).resolves.toEqual({ kind: 'done' });
  await expect(work([], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });

  expect(calls()).toEqual(['shipments.setDelivered 9']);
  expect(item()).toMatchObject({ state: 'Completed', setDelivered: 9 });
  expect(item()).not.toHaveProperty('pendingCall');
});

test('a shipment is set delivered once although IGF’s answer still says Shipped', async () => {
  const { work, item, calls } = place({ set: [() => shipment('Shipped', '2024-03-01T00:00:00.000Z')] });

  await work();
  await work([], { eventId: 'event-2' });

  expect(calls()).toEqual(['shipments.setDelivered 9']);
  expect(item()).toMatchObject({ state: 'Shipped', setDelivered: 9 });
});

test('thirty workers at once set a shipment delivered once', async () => {
  const { work, calls, table } = place({ set: [() => shipment('Completed')] });
  table.before(async () => {
    for (let turns = Math.random() * 5; turns > 0; turns -= 1) await null;
  });

  await Promise.all(Array.from({ length: 30 }, () => work()));

  expect(calls()).toEqual(['shipments.setDelivered 9']);
});

describe('after a call of unknown outcome', () => {
  async function maybeSet(answers: Replies) {
    const there = place({ ...answers, set: [noAnswer, ...(answers.set ?? [])] });
    await expect(there.work()).resolves.toMatchObject({ kind: 'retry', afterSeconds: leaseSeconds });
    expect(there.item()).toMatchObject({ state: 'Shipped', pendingCall: expect.anything() });
    there.pass(leaseSeconds);
    return there;
  }

  test('the shipment is checked first, and not set delivered again when it is Completed', async () => {
    const { work, item, calls } = await maybeSet({ get: [() => shipment('Completed')] });

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(calls()).toEqual(['shipments.setDelivered 9', 'shipments.get 9']);
    expect(item().state).toBe('Completed');
  });

  test('the call is repeated when the shipment is not Completed', async () => {
    const { work, item, calls } = await maybeSet({
      get: [() => shipment('Shipped')],
      set: [() => shipment('Completed')],
    });

    await expect(work()).resolves.toEqual({ kind: 'done' });

    expect(calls()).toEqual(['shipments.setDelivered 9', 'shipments.get 9', 'shipments.setDelivered 9']);
    expect(item().state).toBe('Completed');
  });

  test('the call is not repeated while IGF does not answer the check', async () => {
    const { work, calls } = await maybeSet({ get: [noAnswer] });

    await expect(work()).resolves.toMatchObject({ kind: 'retry' });

    expect(calls()).toEqual(['shipments.setDelivered 9', 'shipments.get 9']);
  });
});

test('a call that surely did nothing releases the claim', async () => {
  const { work, item } = place({ set: [turnedAway(20), () => shipment('Completed')] });

  await expect(work()).resolves.toMatchObject({ kind: 'retry', afterSeconds: 20 });
  expect(item()).not.toHaveProperty('pendingCall');
  await expect(work()).resolves.toEqual({ kind: 'done' });
});

describe('a call that IGF refuses', () => {
  test('because the shipment is Completed already counts as done', async () => {
    const { work, item } = place({ set: [refusal], get: [() => shipment('Completed')] });

    await expect(work()).resolves.toEqual({ kind: 'done' });
    expect(item()).toMatchObject({ state: 'Completed' });
    expect(item()).not.toHaveProperty('attention');
  });

  test('for another reason is parked with attention, and repeated when its message is redriven', async () => {
    const { work, item, calls, pass, iso } = place({
      set: [refusal, () => shipment('Completed')],
      get: [() => shipment('Shipped')],
    });

    await expect(work()).resolves.toMatchObject({ kind: 'permanent-failure' });
    expect(item()).toMatchObject({ state: 'Shipped', attention: expect.stringContaining('shipment 9') });
    await expect(work([], { eventId: 'event-2' })).resolves.toEqual({ kind: 'done' });
    expect(calls()).toEqual(['shipments.setDelivered 9', 'shipments.get 9']);

    pass(60);
    await expect(work([], { enqueuedAt: iso() })).resolves.toEqual({ kind: 'done' });
    expect(item()).toMatchObject({ state: 'Completed' });
    expect(item()).not.toHaveProperty('attention');
  });
});

test('mode=observe makes no call and explains it', async () => {
  const { work, item, calls } = place({}, 'observe');

  await expect(work()).resolves.toEqual({ kind: 'done' });

  expect(calls()).toEqual([]);
  expect(item().why).toMatch(/^Observed only: it would be set delivered/);
});
