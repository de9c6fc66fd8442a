/**
 * The clock of the local world: it runs `speed` times faster than the machine's, from one instant on that every thread
 * shares. Plain data, because it is handed to threads.
 */
export interface Clock {
  /** Real instant at which both clocks agree, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly speed: number;
}

const RealDate = Date;

/** What the local world's clock shows now, in whole milliseconds since the epoch. */
export function clockNow(clock: Clock, realNow: number = RealDate.now()): number {
  return Math.round(clock.startedAt + (realNow - clock.startedAt) * clock.speed);
}

/**
 * Lets every `Date` of the current thread follow the clock. Timers stay real on purpose: what waits for a socket or a
 * time limit waits for real work, which does not get faster. What reads a `Date` (SQS's visibility deadlines, claims,
 * ages) scales by itself.
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
