import { senders } from '../../../lib/webhooks/catalogue.ts';
import { advanceMessage, advanceOrder, writeEnvelope } from '../../../lib/webhooks/envelope.ts';
import { readDelivery } from '../../../lib/worker/process.ts';

const [winkelstraat, igf] = senders;
const message = (cause = 'REASON#mouwen te wijd', orderId = '000000549') =>
  advanceMessage(orderId, cause, { now: Date.parse('2024-03-11T12:00:00.000Z'), correlationId: 'c-1' });

test('the worker reads an advance message as an order without facts', () => {
  if (!winkelstraat) throw new Error('The catalogue is empty.');
  expect(readDelivery(writeEnvelope(message()), winkelstraat)).toMatchObject({
    orderId: '000000549',
    facts: [],
  });
});

test.each([{}, { orderId: '' }, { orderId: 549 }, null])(
  'an advance message with the payload %j is unreadable',
  (payload) => {
    if (!winkelstraat) throw new Error('The catalogue is empty.');
    expect(readDelivery(writeEnvelope({ ...message(), payload }), winkelstraat)).toMatchObject({
      kind: 'permanent-failure',
      reason: 'the payload does not fit the schema of bridge/v1/advance',
    });
  },
);

test('an advance message is not a webhook, so it has no route', () => {
  const posted = senders.flatMap(({ webhooks }) => webhooks.map(({ name }) => name));
  expect(posted).not.toContain(advanceOrder.name);
  if (!igf) throw new Error('The catalogue has no second sender.');
  expect(readDelivery(writeEnvelope(message()), igf)).toMatchObject({ kind: 'permanent-failure' });
});

test('the same order and cause have the same event id, and another cause has another', () => {
  expect(message().id).toBe(message().id);
  expect(message('REASON#te lang').id).not.toBe(message().id);
  expect(message('REASON#mouwen te wijd', '000000550').id).not.toBe(message().id);
});
