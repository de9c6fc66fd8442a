import { listingFact, orderFact, shipmentFact } from '../../../../lib/webhooks/igf/facts.ts';

const person = { email: 'jan@example.com', lastName: 'Jansen' };

test('a fact has no personal data and only its own fields', () => {
  const order = { id: 3, listingId: 7, sender: person, receiver: person };
  const facts = [
    listingFact({ id: 7, status: 'Available', sender: person, receiver: person }),
    orderFact(order),
    shipmentFact({ id: 9, order, receiver: person }),
  ];
  expect(facts).toMatchObject([{ listingId: 7 }, { igfOrderId: 3 }, { igfShipmentId: 9, listingId: 7 }]);
  expect(JSON.stringify(facts)).not.toMatch(/Jansen|example|sender|receiver"/);
});

test('a null in IGF’s answer is an absent field', () => {
  const facts = [
    listingFact({ id: 7, status: null, receiverId: null, matchingDeadline: null, updatedAt: null }),
    orderFact({ id: 3, listingId: null, status: null, cancelReason: null, webshopOrderId: null }),
    shipmentFact({ id: 9, orderId: null, status: null, label: null, order: null }),
  ];
  expect(JSON.stringify(facts)).not.toContain('null');
  expect(facts[2]).not.toHaveProperty('order');
});

test.each([
  ['2024-03-11T13:00:00+01:00', '2024-03-11T12:00:00.000Z'],
  ['2024-03-11 12:00:00', '2024-03-11T12:00:00.000Z'],
  ['next week', undefined],
  ['', undefined],
])('the time "%s" is %s', (text, time) => {
  expect(listingFact({ id: 7, matchingDeadline: text, updatedAt: text }).listing).toMatchObject({
    matchingDeadline: time,
    updatedAt: time,
  });
  expect(orderFact({ id: 3, returnDeadline: text }).order?.returnDeadline).toBe(time);
  expect(shipmentFact({ id: 9, updatedAt: text }).shipment?.updatedAt).toBe(time);
});

test('a text that the table can not store is left out', () => {
  const halfEmoji = '3S\ud83d';
  const tooLong = 'W'.repeat(3000);
  expect(orderFact({ id: 3, webshopOrderId: halfEmoji }).order?.webshopOrderId).toBeUndefined();
  expect(orderFact({ id: 3, webshopOrderId: tooLong }).order?.webshopOrderId).toBeUndefined();
  expect(shipmentFact({ id: 9, label: halfEmoji }).shipment?.label).toBeUndefined();
  expect(shipmentFact({ id: 9, label: 'A'.repeat(65) }).shipment?.label).toBeUndefined();
  expect(shipmentFact({ id: 9, label: '3SDEVC1' }).shipment?.label).toBe('3SDEVC1');
});
