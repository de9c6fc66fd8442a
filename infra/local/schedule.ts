import type { Failure, LambdaFunction } from './lambda-function.ts';
import type { SchedulePart } from './stack-parts.ts';

export interface ScheduleOptions {
  readonly schedule: SchedulePart;
  readonly lambda: Pick<LambdaFunction, 'invoke'>;
  readonly speed: number;
  readonly onFailure: (failure: Failure) => void;
}

/** In milliseconds. A function takes real time whatever the speed is, so no run starts sooner than this after another. */
const shortestMs = 1000;
/** A timer that is set to more than this fires at once, in milliseconds. */
const longestMs = 2 ** 31 - 1;

/**
 * Starts a function at a fixed rate as EventBridge does, first when one interval has passed. The interval is in the local
 * runtime's time. A start is skipped while the previous run goes on, where AWS would begin a second run.
 */
export function runOnSchedule({ schedule, lambda, speed, onFailure }: ScheduleOptions): AsyncDisposable {
  const everyMs = Math.min(longestMs, Math.max(shortestMs, (schedule.everySeconds * 1000) / speed));
  let running = false;
  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    const invocation = await lambda.invoke(schedule.event);
    running = false;
    if (!invocation.ok) onFailure(invocation.failure);
  };
  const timer = setInterval(() => void run(), everyMs);
  return {
    [Symbol.asyncDispose]: async () => clearInterval(timer),
  };
}
