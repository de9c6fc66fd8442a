import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhenResult } from 'cockatiel';
import { circuitOpenSeconds, failuresUntilOpen } from '../config/timing.ts';
import { IgfUnavailableError } from './errors.ts';

/**
 * The circuit between one execution environment and IGF. While IGF is down it is open: calls are not made, so that a
 * message's turn takes milliseconds instead of a timeout. It judges calls, and never what is known of one: whatever a
 * call that was made ends with reaches the caller as it is.
 */
export interface Circuit {
  /** Why no call would be made now, as a phrase without values; undefined while calls are made. */
  refusal(): string | undefined;
  /**
   * Makes a call, unless the circuit is open.
   * @throws CircuitOpenError when nothing was called; otherwise whatever the call throws
   */
  run<Answer>(call: () => Promise<Answer>): Promise<Answer>;
}

/** Nothing was called. */
export class CircuitOpenError extends Error {
  override readonly name = 'CircuitOpenError';
}

interface CircuitOptions {
  /** Milliseconds since the epoch: the clock that `Date` shows, by which the breaker itself goes. */
  now?: () => number;
  /** Told when it opens, with the last failure, and when calls are made again. */
  onChange?: (change: { state: 'open' | 'closed'; reason?: string }) => void;
}

/**
 * Whether a failure says that IGF is down: no answer, or one that says that its server failed. Any other answer shows
 * that it is up: a refusal, a wrong path, even a 429, whose `Retry-After` the message itself waits for.
 */
const saysDown = (error: unknown): error is IgfUnavailableError =>
  error instanceof IgfUnavailableError && (error.status === undefined || error.status >= 500);

type Ending<Answer> = { answer: Answer } | { error: unknown };

/** A closed circuit. It opens after some failures in a row, and once it was open for its time lets one call through. */
export function igfCircuit({ now = () => Date.now(), onChange = () => {} }: CircuitOptions = {}): Circuit {
  const openMs = circuitOpenSeconds * 1000;
  // A call's end is handed on as a value: to the library an error that it does not handle would be no sign of life.
  const breaker = circuitBreaker(
    handleWhenResult((ending) => 'error' in Object(ending) && saysDown(Object(ending).error)),
    { breaker: new ConsecutiveBreaker(failuresUntilOpen), halfOpenAfter: openMs },
  );
  let open: { until: number; reason: string } | undefined;
  breaker.onBreak((failure) => {
    const { error } = Object('value' in failure ? failure.value : undefined);
    const reason = `ItGoesForward is down (${saysDown(error) ? error.message : 'no answer'})`;
    // A probe that failed keeps it open: that is no news.
    if (!open) onChange({ state: 'open', reason });
    open = { until: now() + openMs, reason };
  });
  breaker.onReset(() => {
    open = undefined;
    onChange({ state: 'closed' });
  });

  return {
    refusal: () => (open && now() < open.until ? open.reason : undefined),
    run: async <Answer>(call: () => Promise<Answer>) => {
      const ending = await breaker
        .execute(() => endingOf(call))
        .catch((error: unknown) => {
          if (error instanceof BrokenCircuitError)
            throw new CircuitOpenError(open?.reason ?? 'the circuit is open');
          throw error;
        });
      if ('error' in ending) throw ending.error;
      return ending.answer;
    },
  };
}

async function endingOf<Answer>(call: () => Promise<Answer>): Promise<Ending<Answer>> {
  try {
    return { answer: await call() };
  } catch (error) {
    return { error };
  }
}
