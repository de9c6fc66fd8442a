/**
 * The clock of the local runtime. It runs `speed` times faster than the machine's clock, from one instant on that all
 * threads share. It is plain data, because threads get a copy.
 */
export interface Clock {
  /** The real instant at which both clocks agree, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly speed: number;
}

const RealDate = Date;

/** The time on the local runtime's clock, in whole milliseconds since the epoch. */
export function clockNow(clock: Clock, realNow: number = RealDate.now()): number {
  return Math.round(clock.startedAt + (realNow - clock.startedAt) * clock.speed);
}

/**
 * Makes every `Date` of the current thread follow the clock: SQS's visibility deadlines, claims and ages scale by
 * themselves. Timers stay real on purpose: they wait for a socket or for real work, which gets no faster.
 */
export function followClock(clock: Clock): void {
  if (clock.speed === 1) return;
  const now = (): number => clockNow(clock);
  globalThis.Date = new Proxy(RealDate, {
    construct: (date, args, newTarget) =>
      Reflect.construct(date, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (date, property, receiver) => (property === 'now' ? now : Reflect.get(date, property, receiver)),
  });
}
