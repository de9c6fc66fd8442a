import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhenResult } from 'cockatiel';
import { circuitOpenSeconds, failuresUntilOpen } from '../config/timing.ts';
import { IgfUnavailableError } from './errors.ts';

/**
 * The circuit between one execution environment and IGF. It opens while IGF is down: then an attempt takes milliseconds
 * instead of a timeout. The result of a call that was made reaches the caller unchanged.
 */
export type Circuit = ReturnType<typeof igfCircuit>;

export class CircuitOpenError extends Error {
  override readonly name = 'CircuitOpenError';
}

interface CircuitOptions {
  /** Milliseconds since the epoch. It must be the clock of `Date`, because the breaker uses that. */
  now?: () => number;
  /** Called when it opens, with the last failure, and when it closes. */
  onChange?: (change: { state: 'open' | 'closed'; reason?: string }) => void;
}

/** IGF is down without an answer, or with one that its server failed. Any other shows that it is up, even a 429. */
const saysDown = (error: unknown): error is IgfUnavailableError =>
  error instanceof IgfUnavailableError && (error.status === undefined || error.status >= 500);

/** A closed circuit. It opens after some failures in a row. When its open time is over, it lets one call through. */
export function igfCircuit({ now = () => Date.now(), onChange = () => {} }: CircuitOptions = {}) {
  const openMs = circuitOpenSeconds * 1000;
  // An error is passed as a value: the library would not count an error that it does not handle as a success.
  const breaker = circuitBreaker(
    handleWhenResult((endings) => saysDown(reasonIn(endings))),
    { breaker: new ConsecutiveBreaker(failuresUntilOpen), halfOpenAfter: openMs },
  );
  let open: { until: number; reason: string } | undefined;
  breaker.onBreak((failure) => {
    const error = 'value' in failure && reasonIn(failure.value);
    const reason = `ItGoesForward is down (${saysDown(error) ? error.message : 'no answer'})`;
    // A failed probe keeps it open: nothing changed.
    if (!open) onChange({ state: 'open', reason });
    open = { until: now() + openMs, reason };
  });
  breaker.onReset(() => {
    open = undefined;
    onChange({ state: 'closed' });
  });

  return {
    /** Why no call would be made now, as a phrase without values. Undefined while calls are made. */
    refusal: (): string | undefined => (open && now() < open.until ? open.reason : undefined),
    /** Makes a call, unless the circuit is open. @throws CircuitOpenError when nothing was called, or the call's error */
    run: async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
      const [ending] = await breaker
        .execute(() => Promise.allSettled([call()]))
        .catch((error: unknown) => {
          if (error instanceof BrokenCircuitError)
            throw new CircuitOpenError(open?.reason ?? 'the circuit is open');
          throw error;
        });
      if (ending.status === 'rejected') throw ending.reason;
      return ending.value;
    },
  };
}

const reasonIn = (endings: unknown): unknown => (Array.isArray(endings) ? endings[0]?.reason : undefined);
