import { busiestSecond } from './outage/measure.ts';
import { merchantDay, returns } from './outage/messages.ts';

test.each([
  [[], 0],
  [[5], 1],
  [[0, 999, 1000, 1999], 2],
  [[0, 400, 800, 1200, 5000], 3],
])('the busiest second of %j has %d', (instants, most) => {
  expect(busiestSecond(instants)).toBe(most);
});

test('a merchant’s day has every kind of message, each about an order of its own', () => {
  const day = merchantDay(25);
  expect(day).toHaveLength(25);
  expect(new Set(day.map(({ webhook }) => webhook)).size).toBe(4);
  const orders = returns(10).map(({ payload }) => JSON.stringify(payload.order));
  expect(new Set(orders).size).toBe(10);
});
