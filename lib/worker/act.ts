import type { Attempt, Decision } from '../returns/decide.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { cancelListing } from './cancel-listing.ts';
import type { TimeLeft, WorkerDependencies } from './dependencies.ts';
import { listReturn, resolveListing } from './list-return.ts';
import { done } from './outcome.ts';
import type { Step } from './step.ts';

/** Carries a decision out. Whatever calls IGF claims the item first, so that only one worker does. */
export async function act(
  item: ReturnItem,
  decision: Decision,
  attempt: Attempt,
  dependencies: WorkerDependencies,
  timeLeft: TimeLeft,
): Promise<Step> {
  const { action } = decision;
  const work = { item, decision, attempt, dependencies, timeLeft };
  switch (action.kind) {
    case 'none':
      return explain(item, decision, dependencies);
    case 'wait': {
      const seconds = Math.max(1, Math.ceil((Date.parse(action.until) - dependencies.now()) / 1000));
      const reason = 'another attempt holds a claim on the return';
      return { outcome: { kind: 'retry', reason, errorClass: 'ClaimedElsewhere', afterSeconds: seconds } };
    }
    case 'refused':
      return { outcome: { kind: 'rejected', reason: action.reason, errorClass: 'IgfRejectedError' } };
    case 'list':
      return listReturn(work, action.request, action.ask);
    case 'resolve':
      return resolveListing(work);
    case 'cancel':
      return cancelListing(work, action.listingId, action.ask);
  }
}

/** Writes what was decided, if it says something new. */
async function explain(
  item: ReturnItem,
  { state, why, attention }: Decision,
  { table }: WorkerDependencies,
): Promise<Step> {
  if (state === item.state && why === item.why && attention === item.attention) return { outcome: done };
  const written = await table.write({ kind: 'return', content: { ...item, state, why, attention } });
  return written === 'conflict' ? { next: 'read-again' } : { outcome: done };
}
