import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { eventTypes } from '../../../../lib/facts/vendor-terms.ts';
import { faultsOf } from '../../../../lib/ingest/schema-faults.ts';
import { senders } from '../../../../lib/webhooks/catalogue.ts';
import { igfWebhook, webhookName, withoutPeople } from '../../../../lib/webhooks/igf/webhooks.ts';
import { zodAsDeployed } from '../../../support/zod-messages.ts';

zodAsDeployed();

const igfWebhooks = senders.flatMap(({ name, webhooks }) => (name === 'igf' ? webhooks : []));

const webhookOf = (name: string) => {
  const webhook = igfWebhooks.find((candidate) => candidate.name === name);
  if (!webhook) throw new Error(`There is no webhook ${name}.`);
  return webhook;
};
const sample = (name: string): unknown =>
  JSON.parse(
    readFileSync(new URL(`../../../samples/igf-${name.replaceAll('/', '-')}.json`, import.meta.url), 'utf8'),
  );

describe.each(eventTypes.map((event) => ({ event, name: webhookName(event) })))(
  '$event',
  ({ event, name }) => {
    const { schema, facts } = webhookOf(name);

    test('accepts the document’s own sample, and reads its event and ids', () => {
      expect(z.safeParse(schema, sample(name)).success).toBe(true);
      const [fact] = facts(sample(name), '2024-07-10T14:04:12.317Z');
      expect(fact).toMatchObject({ kind: 'igf', event });
      expect(JSON.stringify(fact)).not.toMatch(/example\.com|Sender|Receiver/);
    });

    test('needs only an id, and leaves out other fields that are invalid', () => {
      const bare = event === 'REFUND' ? [{ id: 9 }] : { id: 9 };
      expect(z.safeParse(schema, bare).success).toBe(true);
      const junk = fc.dictionary(
        fc.constantFrom(
          'status',
          'receiverId',
          'listingId',
          'orderId',
          'label',
          'order',
          'updatedAt',
          'cancelReason',
        ),
        fc.jsonValue(),
      );
      fc.assert(
        fc.property(junk, (more) => {
          const one = { ...more, id: 9 };
          expect(z.safeParse(schema, event === 'REFUND' ? [one] : one).success).toBe(true);
        }),
      );
    });

    test('is the same as one object and as a list of one', () => {
      const at = '2024-07-10T14:04:12.317Z';
      const read = facts(sample(name), at);
      const [one = sample(name)] = [sample(name)].flat();
      expect(facts(one, at)).toEqual(read);
      expect(facts([one], at)).toEqual(read);
      expect(facts({ 0: one }, at)).toEqual(read);
    });

    test('may have several objects, and one that can not be used does not refuse the others', () => {
      const ids = igfWebhook(event)
        .facts([{ id: 8 }, { id: null }, { id: '9' }])
        .map(({ listingId, igfOrderId, igfShipmentId }) => igfShipmentId ?? igfOrderId ?? listingId);
      expect(ids).toEqual([8, 9]);
    });

    test('is refused without an id', () => {
      expect(z.safeParse(schema, event === 'REFUND' ? [{}] : {}).success).toBe(false);
    });
  },
);

test('states and cancel reasons are recorded as the document spells them', () => {
  const at = '2024-07-10T14:04:12.317Z';
  const listing = { id: 7, status: 'canceled', receiverId: 3 };
  expect(webhookOf(webhookName('UPDATE_LISTING')).facts(listing, at)).toMatchObject([
    { listing: { status: 'Cancelled', receiverId: 3 } },
  ]);
  const order = { id: 9, status: 'CANCELLED - by IGF', cancelReason: 'return_deadline_passed' };
  expect(webhookOf(webhookName('RETURN_DEADLINE_PASSED')).facts(order, at)).toMatchObject([
    { order: { status: 'Cancelled', cancelReason: 'RETURN_DEADLINE_PASSED' } },
  ]);
  expect(webhookOf(webhookName('SHIPPED')).facts({ id: 9, status: 'shipped' }, at)).toMatchObject([
    { shipment: { status: 'Shipped' } },
  ]);
});

test('an invalid field is left out, and the other fields of its object are kept', () => {
  const { facts } = webhookOf(webhookName('SHIPPED'));
  const shipment = {
    id: 9,
    status: ['Shipped'],
    label: '3SDEVC1',
    order: { id: 'three', listingId: 7, webshopOrderId: 8, sender: 'nobody' },
  };
  expect(facts(shipment, '2024-07-10T14:04:12.317Z')).toEqual([
    {
      kind: 'igf',
      event: 'SHIPPED',
      listingId: 7,
      igfShipmentId: 9,
      shipment: { id: 9, label: '3SDEVC1' },
    },
  ]);
});

test.each([
  [{ status: 'Shipped' }, 'is required'],
  [{ id: null }, 'must be of type number'],
  [{ id: 'nine' }, 'must be of type number'],
  [{ id: -9 }, 'Invalid input'],
  [{ id: '9' }, undefined],
  [{ id: ' 9 ' }, undefined],
])('the id of %j: %s', (body, message) => {
  const { error } = z.safeParse(webhookOf(webhookName('SHIPPED')).schema, body);
  expect(error && faultsOf(error, body)).toEqual(message && [{ path: 'id', message }]);
});

test('personal data is removed, also nested, and of a label only the carrier’s code is kept', () => {
  const image = 'A'.repeat(5000);
  const kept = withoutPeople({
    id: 1,
    label: image,
    sender: { email: 'a@example.com' },
    order: { id: 3, receiver: { lastName: 'Buyer' }, webshopOrderId: 'WEB-3' },
    others: [{ customer: { phone: '+31' }, label: '3SDEVC676401291' }],
  });
  expect(kept).toEqual({
    id: 1,
    order: { id: 3, webshopOrderId: 'WEB-3' },
    others: [{ label: '3SDEVC676401291' }],
  });
});
