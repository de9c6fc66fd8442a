import { senders } from '../../lib/webhooks/catalogue.ts';
import { expected } from './oracle/expected.ts';
import { inputsOf } from './oracle/inputs.ts';
import { deliveriesOf } from './scenarios/scenario.ts';
import { scenarios } from './scenarios/scenarios.ts';

const some = scenarios(1, 1200);
const deliveries = some.flatMap(deliveriesOf);

test('the same seed gives the same scenarios, and a longer run begins with them', () => {
  expect(scenarios(1, 200)).toEqual(some.slice(0, scenarios(1, 200).length));
  expect(scenarios(2, 200)).not.toEqual(scenarios(1, 200));
});

test('there are at least as many webhooks as wanted, and no two are the same', () => {
  expect(deliveries.length).toBeGreaterThanOrEqual(1200);
  const opened = new Set(some.flatMap(({ first }) => first.map(({ payload }) => JSON.stringify(payload))));
  expect(opened.size).toBe(some.flatMap(({ first }) => first).length);
});

test('every webhook about shipments and returns is sent, and the bridge accepts its payload', () => {
  const webhooks = senders[0]?.webhooks ?? [];
  expect([...new Set(deliveries.map(({ webhook }) => webhook))].sort()).toEqual([
    'push-api/v1/rma-item',
    'push-api/v2/rma',
    'stock-hub/v1/rma',
    'stock-hub/v1/shipment',
  ]);
  for (const { webhook, payload } of deliveries) {
    const entry = webhooks.find(({ name }) => name === webhook);
    expect(() => entry?.facts(payload, '2024-01-01T00:00:00.000Z')).not.toThrow();
  }
});

test('they come to every end that the oracle knows', () => {
  const states = new Set(some.flatMap(inputsOf).flatMap((item) => expected(item).states));
  expect([...states].sort()).toEqual(
    [
      ...['AwaitingShipment', 'Cancelled', 'Closed', 'Completed', 'DeadlinePassed', 'Labelled', 'Listed'],
      ...['Listing', 'Matched', 'NeedsMapping', 'NotForwardable', 'Requested', 'Settled', 'Shipped'],
    ].sort(),
  );
});

test('a step that waits for a listing is about an article that must be listed', () => {
  for (const scenario of some) {
    const items = new Map(inputsOf(scenario).map((item) => [JSON.stringify(item.item), expected(item)]));
    for (const step of scenario.branches.flat()) {
      if (step.kind === 'listed') expect(items.get(JSON.stringify(step.item))).toHaveProperty('listing');
    }
  }
});
