import { senders } from '../../lib/webhooks/catalogue.ts';
import { histories } from './histories/histories.ts';
import { deliveriesOf } from './histories/history.ts';
import { expected } from './oracle/expected.ts';
import { told } from './oracle/told.ts';

const some = histories(1, 1200);
const deliveries = some.flatMap(deliveriesOf);

test('the same seed gives the same histories, and a longer run begins with them', () => {
  expect(histories(1, 200)).toEqual(some.slice(0, histories(1, 200).length));
  expect(histories(2, 200)).not.toEqual(histories(1, 200));
});

test('there are as many webhooks as were asked for, and no two are the same', () => {
  expect(deliveries.length).toBeGreaterThanOrEqual(1200);
  const opened = new Set(some.flatMap(({ first }) => first.map(({ payload }) => JSON.stringify(payload))));
  expect(opened.size).toBe(some.flatMap(({ first }) => first).length);
});

test('every webhook of Winkelstraat’s is sent, and is one that the bridge takes', () => {
  const webhooks = senders[0]?.webhooks ?? [];
  expect(new Set(deliveries.map(({ webhook }) => webhook))).toEqual(
    new Set(webhooks.map(({ name }) => name)),
  );
  for (const { webhook, payload } of deliveries) {
    const entry = webhooks.find(({ name }) => name === webhook);
    expect(() => entry?.facts(payload, '2024-01-01T00:00:00.000Z')).not.toThrow();
  }
});

test('they come to every end that the oracle knows', () => {
  const states = new Set(some.flatMap(told).flatMap((item) => expected(item).states));
  expect([...states].sort()).toEqual(
    [
      ...['AwaitingShipment', 'Cancelled', 'Closed', 'Completed', 'DeadlinePassed', 'Labelled', 'Listed'],
      ...['Listing', 'Matched', 'NeedsMapping', 'NotForwardable', 'Requested', 'Settled', 'Shipped'],
    ].sort(),
  );
});

test('what waits for a listing is about an article that is to be listed', () => {
  for (const history of some) {
    const items = new Map(told(history).map((item) => [JSON.stringify(item.item), expected(item)]));
    for (const act of history.branches.flat()) {
      if (act.kind === 'listed') expect(items.get(JSON.stringify(act.item))).toHaveProperty('listing');
    }
  }
});
