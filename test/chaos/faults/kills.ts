import type { Kill } from '../../../infra/local/lambda-function.ts';
import type { SeededRandom } from '../seeded-random.ts';
import type { Tally } from '../tally.ts';

/** Of all invocations. */
const share = 0.015;
/** The latest moment of a kill, in real milliseconds after the start: about as long as an invocation lasts. */
const latestMs = 60;

/** Ends a function's thread in the middle of an invocation, as a crash of its machine would. */
export const killer =
  (random: SeededRandom, killed: Tally) =>
  (functionName: string, kill: Kill): void => {
    // A refund is announced once: see the faults of SQS.
    if (functionName.includes('Refund')) return;
    const number = random.draw(`kill ${functionName}`);
    if (number >= share) return;
    setTimeout(
      () => {
        if (kill()) killed.add(functionName);
      },
      (number / share) * latestMs,
    );
  };
