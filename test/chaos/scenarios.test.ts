import { senders } from '../../lib/webhooks/catalogue.ts';
import { expected } from './oracle/expected.ts';
import { inputsOf } from './oracle/inputs.ts';
import { defaultSettings, deliveriesOf, nameOf, type Settings } from './scenarios/scenario.ts';
import { scenarios } from './scenarios/scenarios.ts';

const otherSettings: Settings = {
  ...{ forward: 'each-item', trackedReturns: 'hold', sku: 'article_number', webshopOrderId: 'po_number' },
};
const some = [
  ...scenarios(1, 1200),
  ...scenarios(2, 1200, { ...defaultSettings, forward: 'each-item' }),
  ...scenarios(3, 1200, otherSettings),
];
const deliveries = some.flatMap(deliveriesOf);

test('the same seed gives the same scenarios, and a longer run begins with them', () => {
  expect(scenarios(1, 200)).toEqual(scenarios(1, 400).slice(0, scenarios(1, 200).length));
  expect(scenarios(2, 200)).not.toEqual(scenarios(1, 200));
});

test('there are at least as many webhooks as wanted, and no two of an opening are the same', () => {
  expect(deliveries.length).toBeGreaterThanOrEqual(1200);
  const opened = new Set(some.flatMap(({ first }) => first.map(({ payload }) => JSON.stringify(payload))));
  expect(opened.size).toBe(some.flatMap(({ first }) => first).length);
});

test('every webhook is sent, and the bridge accepts its payload', () => {
  const webhooks = senders[0]?.webhooks ?? [];
  expect([...new Set(deliveries.map(({ webhook }) => webhook))].sort()).toEqual([
    'push-api/v1/order-item',
    'push-api/v1/rma-item',
    'push-api/v1/shipment',
    'push-api/v1/track',
    'push-api/v2/order-item',
    'push-api/v2/rma',
    'push-api/v2/rma-item',
    'push-api/v2/shipment',
    'push-api/v2/track',
    'stock-hub/v1/creditmemo',
    'stock-hub/v1/invoice',
    'stock-hub/v1/order',
    'stock-hub/v1/rma',
    'stock-hub/v1/shipment',
  ]);
  for (const { webhook, payload } of deliveries) {
    const entry = webhooks.find(({ name }) => name === webhook);
    entry?.facts(payload, '2024-01-01T00:00:00.000Z');
  }
});

test('they come to every end that the oracle knows', () => {
  const states = new Set(some.flatMap(inputsOf).flatMap((item) => expected(item).states));
  expect([...states].sort()).toEqual(
    [
      ...['AwaitingShipment', 'Cancelled', 'Closed', 'Completed', 'DeadlinePassed', 'Labelled', 'Listed'],
      ...['Matched', 'NeedsMapping', 'NotForwardable', 'Requested', 'Settled', 'Shipped'],
    ].sort(),
  );
});

test('a step that waits for a listing is about an article that must be listed', () => {
  const unlisted: object[] = [];
  for (const scenario of some) {
    const items = new Map(inputsOf(scenario).map((item) => [nameOf(item.item), expected(item)]));
    for (const step of scenario.branches.flat()) {
      if (step.kind === 'deliver' || step.kind === 'known') continue;
      const nth = step.kind === 'listed' ? (step.nth ?? 1) : 1;
      const { length = 0 } = items.get(nameOf(step.item))?.listings ?? [];
      if (length < nth) unlisted.push({ orderId: scenario.orderId, step });
    }
  }
  expect(unlisted).toEqual([]);
});

test.each([
  'corrected: ',
  ', ruled out once sold',
  'two RMAs for one unit',
  'both families',
  'in part once listed',
  'refunded, then the RMA is processed',
  'unknown status, then a known one',
  'paid by memo',
  'memo with another amount',
  'memo reversed',
  'paid by the platform',
  'settled by rma-item',
  'unclear memo',
  'an item is missing later',
  'carrier problem once listed',
  'deficient once listed',
  'unknown status once listed',
  'ruled out, then released',
  'paid by a person',
  'received underway, and looked at',
  'served twice',
])('there is a history "%s"', (hint) => {
  expect(some.some((scenario) => scenario.hint.includes(hint))).toBe(true);
});
