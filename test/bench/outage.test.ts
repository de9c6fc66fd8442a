import { promiseSeconds, retryDelaysSeconds } from '../../lib/config/retry-schedule.ts';
import { circuitOpenSeconds, failuresUntilOpen } from '../../lib/config/timing.ts';
import { busiestSecond } from './outage/measure.ts';
import { merchantDay, returns } from './outage/messages.ts';
import { type Situation, simulate } from './outage/simulate.ts';

const outage = (overrides: Partial<Situation> = {}): Situation => ({
  messages: 2000,
  environments: 2,
  downHours: 30,
  withBreaker: true,
  openTurnSeconds: 0.03,
  callingTurnSeconds: 6,
  upTurnSeconds: 0.25,
  random: () => 0,
  ...overrides,
});

describe('a simulated outage', () => {
  test('of one message that is never in anybody’s way is the schedule itself', () => {
    const lived = simulate(
      outage({ messages: 1, openTurnSeconds: 0, callingTurnSeconds: 0, withBreaker: false }),
    );

    // The claim of each call that may have been done outlasts the first delays.
    expect(lived.turns).toBeLessThanOrEqual(retryDelaysSeconds.length + 1);
    expect(lived.turns).toBeGreaterThan(retryDelaysSeconds.length - 5);
    expect(lived).toMatchObject({ delivered: 0, parked: 1, latest: 0 });
    expect(lived.endedAfterHours).toBeGreaterThanOrEqual(promiseSeconds / 3600);
  });

  test('that ends within 24 hours parks nothing, one that lasts longer parks everything', () => {
    expect(simulate(outage({ downHours: 23 }))).toMatchObject({ delivered: 2000, parked: 0 });
    expect(simulate(outage({ downHours: 30 }))).toMatchObject({ delivered: 0, parked: 2000 });
  });

  test('calls IGF no more often than the breaker of each environment lets it', () => {
    const { callsWhileDown } = simulate(outage());
    const probes = (30 * 3600) / (circuitOpenSeconds + 6);
    expect(callsWhileDown).toBeLessThanOrEqual(2 * (failuresUntilOpen + probes));
  });

  test('without a breaker calls IGF in every turn, and its messages wait for one another', () => {
    const without = simulate(outage({ withBreaker: false }));
    expect(without.callsWhileDown).toBe(without.turns);
    expect(without.busy).toBeGreaterThan(0.9);
    expect(without.fewestTurns).toBeLessThan(simulate(outage()).fewestTurns);
    expect(without.latest).toBeGreaterThan(3600);
  });

  test('never has two turns at once in one environment', () => {
    expect(simulate(outage({ environments: 1, messages: 50_000, downHours: 1 })).busy).toBeCloseTo(1);
  });
});

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
