import type { Failure } from './execution-environment.ts';
import type { LambdaFunction } from './lambda-function.ts';
import type { Closable } from './open-parts.ts';
import type { SchedulePart } from './stack-parts.ts';

export interface ScheduleOptions {
  readonly schedule: SchedulePart;
  readonly lambda: LambdaFunction;
  readonly speed: number;
  readonly onFailure: (failure: Failure) => void;
}

/** A function takes real time whatever the speed is: no run is started more often than this, in milliseconds. */
const shortestMs = 1000;
/** A timer that is set to more than this fires at once, in milliseconds. */
const longestMs = 2 ** 31 - 1;

/**
 * Starts a function again and again as EventBridge does, first when the time between two starts has passed. The time is
 * the local world's. A start that meets a run which still goes on is left out, where AWS would begin a second one.
 */
export function runOnSchedule({ schedule, lambda, speed, onFailure }: ScheduleOptions): Closable {
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
    close: async () => clearInterval(timer),
  };
}
