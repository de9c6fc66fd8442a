import { jest } from '@jest/globals';
import { rateLimiter } from '../../../lib/igf/rate-limiter.ts';

const patient = Number.POSITIVE_INFINITY;

/** A limiter with a clock that stands still. Its waits are recorded, and pass at once. */
async function limited(perSecond: number) {
  const waits: number[] = [];
  const clock = { now: 0 };
  const limiter = rateLimiter(perSecond, {
    now: () => clock.now,
    wait: async (ms) => {
      waits.push(ms);
      clock.now += ms;
    },
  });
  return { limiter, waits, clock };
}

test('calls begin evenly, never closer together than the rate allows', async () => {
  const { limiter, waits } = await limited(4);
  for (let call = 0; call < 4; call += 1) expect(await limiter.acquire(patient)).toBe(true);
  expect(waits).toEqual([250, 250, 250]);
});

test('a call after a pause begins at once, and unused calls are not saved up', async () => {
  const { limiter, waits, clock } = await limited(2);
  await limiter.acquire(patient);
  clock.now += 60_000;
  await limiter.acquire(patient);
  expect(waits).toEqual([]);
  await limiter.acquire(patient);
  expect(waits).toEqual([500]);
});

test('a rate of less than one call a second is kept too', async () => {
  const { limiter, waits } = await limited(0.25);
  await limiter.acquire(patient);
  await limiter.acquire(patient);
  expect(waits).toEqual([4000]);
});

test('a call that would wait longer than the time left is not made, and does not delay other calls', async () => {
  const { limiter, waits } = await limited(1);
  await limiter.acquire(patient);
  expect(await limiter.acquire(999)).toBe(false);
  expect(await limiter.acquire(-1)).toBe(false);
  expect(waits).toEqual([]);
  expect(await limiter.acquire(1000)).toBe(true);
  expect(waits).toEqual([1000]);
});

test('a call that does not have to wait is made, also with little time left', async () => {
  const { limiter } = await limited(1);
  expect(await limiter.acquire(-1)).toBe(true);
});

test('calls at the same time each get their own slot', async () => {
  const clock = { now: 0 };
  const waits: number[] = [];
  const wait = async (ms: number) => void waits.push(ms);
  const limiter = rateLimiter(10, { now: () => clock.now, wait });
  await Promise.all(Array.from({ length: 4 }, () => limiter.acquire(patient)));
  expect(waits).toEqual([100, 200, 300]);
});

test('the limiter uses real time, and not Date, which runs faster under SPEED', async () => {
  const date = jest.spyOn(Date, 'now').mockImplementation(() => {
    throw new Error('The pace read the clock of the local world.');
  });
  try {
    const limiter = rateLimiter(100);
    for (let call = 0; call < 3; call += 1) expect(await limiter.acquire(patient)).toBe(true);
  } finally {
    date.mockRestore();
  }
});
