import type { Kill } from '../../../infra/local/lambda-function.ts';
import type { Fates } from '../fate.ts';
import type { Tally } from './tally.ts';

/** Of all invocations. */
const share = 0.015;
/** Real milliseconds after its begin, at most: about as long as an invocation lasts. */
const latestMs = 60;

/** Ends a function's thread in the middle of an invocation, as a crash of its machine would. */
export const killer =
  (fates: Fates, killed: Tally) =>
  (functionName: string, kill: Kill): void => {
    // Of a refund IGF tells once: see the faults of SQS.
    if (functionName.includes('Refund')) return;
    const fate = fates.next(`kill ${functionName}`);
    if (fate >= share) return;
    setTimeout(
      () => {
        if (kill()) killed.add(functionName);
      },
      (fate / share) * latestMs,
    );
  };
