import { type Clock, clockNow, followClock } from '../../../infra/local/clock.ts';

const noon = Date.UTC(2026, 0, 1, 12);
const minute = 60_000;

describe('the local clock', () => {
  test('shows real time at speed 1', () => {
    expect(clockNow({ startedAt: noon, speed: 1 }, noon + 1234)).toBe(noon + 1234);
  });

  test('lets a minute pass in a second at speed 60', () => {
    const clock: Clock = { startedAt: noon, speed: 60 };
    expect(clockNow(clock, noon)).toBe(noon);
    expect(clockNow(clock, noon + 1000)).toBe(noon + minute);
  });

  test('shows every thread that shares its start the same time', () => {
    const clock: Clock = { startedAt: noon, speed: 2880 };
    const other: Clock = structuredClone(clock);
    expect(clockNow(other, noon + 777)).toBe(clockNow(clock, noon + 777));
  });

  test('is counted in whole milliseconds', () => {
    expect(clockNow({ startedAt: noon, speed: 1.5 }, noon + 1)).toBe(noon + 2);
  });
});

describe('a thread that follows the clock', () => {
  const RealDate = Date;
  afterEach(() => {
    globalThis.Date = RealDate;
  });

  test('reads it from Date.now and from new Date()', () => {
    const hourAgo = RealDate.now() - minute;
    followClock({ startedAt: hourAgo, speed: 60 });
    const expected = hourAgo + 60 * minute;
    expect(Math.abs(Date.now() - expected)).toBeLessThan(10 * minute);
    expect(Math.abs(Date.parse(new Date().toISOString()) - expected)).toBeLessThan(10 * minute);
    expect(Math.abs(RealDate.parse(Date()) - expected)).toBeLessThan(10 * minute);
  });

  test('still makes any other date, and dates that are dates', () => {
    followClock({ startedAt: noon, speed: 60 });
    expect(new Date('2026-02-03T04:05:06Z').toISOString()).toBe('2026-02-03T04:05:06.000Z');
    expect(new Date(0).getTime()).toBe(0);
    expect(Date.UTC(1970, 0, 2)).toBe(86_400_000);
    expect(Date.parse('1970-01-01T00:00:01Z')).toBe(1000);
    expect(new Date()).toBeInstanceOf(Date);
    expect(new RealDate()).toBeInstanceOf(Date);
  });

  test('keeps the machine’s own Date at speed 1', () => {
    followClock({ startedAt: noon, speed: 1 });
    expect(Date).toBe(RealDate);
  });
});
