import type { Entity } from '../../../lib/table/entity.ts';
import { expiryOf, isAtRest, keepOrder } from '../../../lib/table/retention.ts';
import { openingFact, situation } from '../../support/builders.ts';

const day = 24 * 60 * 60;
const retention = { now: () => 0, keepOrdersDays: 100 };
const item = (reached: Parameters<typeof situation>[1]) =>
  situation([openingFact()], { rule: 'some-rule', ...reached }).item;
const days = (entity: Entity): number | undefined => {
  const at = expiryOf(entity, retention);
  return at === undefined ? undefined : at / day;
};

test.each([
  ['one without a decision', { state: 'Closed', rule: undefined }],
  ['one with a task of a person', { state: 'Settled', attention: 'Look.' }],
  ['one whose refund is due, although nobody was asked', { state: 'Completed', refundDue: true }],
  ['one that IGF still reports about', { state: 'Shipped' }],
  ['one that was handed in after its end', { state: 'Cancelled', igf: { events: ['SHIPPED'] } }],
  ['one that waits for a shipment', { state: 'AwaitingShipment', waits: 'shipment' }],
  [
    'one with a call without an outcome',
    { state: 'Closed', pendingCall: { operation: 'list', request: '', token: '', until: '' } },
  ],
] as const)('%s stays', (_what, reached) => {
  const content = item(reached as Parameters<typeof situation>[1]);
  expect(isAtRest(content)).toBe(false);
  expect(days({ kind: 'return', content })).toBeUndefined();
});

test('a return that is over ends in 30 days, and one that only waits for the merchant as an order does', () => {
  expect(days({ kind: 'return', content: item({ state: 'Settled' }) })).toBe(30);
  expect(days({ kind: 'return', content: item({ state: 'Requested', observedOnly: true }) })).toBe(100);
});

test('a document ends as long after each of its writes', () => {
  const shipment = { orderId: '1', shipmentId: '2', items: [] };
  expect(days({ kind: 'shipment', content: { ...shipment, rev: 0 } })).toBe(100);
  expect(days({ kind: 'shipment', content: { ...shipment, rev: 1, expiresAt: 5 } })).toBe(100);
});

test.each([
  ['Listed', 49, ['shipment']],
  ['Listed', 51, []],
  ['Settled', 49, []],
] as const)(
  'with a return in %s, a document that ends in %d of 100 days is renewed: %j',
  async (state, left, renewed) => {
    const shipment = { orderId: '1', shipmentId: '2', items: [], rev: 1, expiresAt: left * day };
    const { order } = situation([openingFact()], { rule: 'some-rule', state });
    const written: string[] = [];
    const write = async ({ kind }: Entity) => written.push(kind);
    await keepOrder({ ...order, rmas: [], shipments: [shipment] }, { write }, retention);
    expect(written).toEqual(renewed);
  },
);
