import { logInfo } from '../log.ts';
import { type Attempt, type Decision, decide } from '../returns/decide.ts';
import { type ReturnItem, returnId } from '../returns/return-item.ts';
import type { Story } from '../returns/story.ts';
import { act } from './act.ts';
import type { TimeLeft, WorkerDependencies } from './dependencies.ts';
import { type Outcome, together } from './outcome.ts';
import { ContendedError } from './record.ts';

/** Listing, learning that it is over, and cancelling take three decisions; other workers may make us decide anew. */
const mostDecisions = 24;

/**
 * Lets `decide` name the next action for each return of an order and carries it out, until nothing is left to do
 * now. Every worker ends here, so the order in which webhooks arrive does not matter.
 * @throws ContendedError
 */
export async function advance(
  story: Story,
  attempt: Attempt,
  dependencies: WorkerDependencies,
  timeLeft: TimeLeft,
): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  let known = story;
  for (const { rmaId, itemId } of story.returns) {
    const find = () => known.returns.find((item) => item.rmaId === rmaId && item.itemId === itemId);
    let item = find();
    for (let decisions = 0; item; decisions += 1) {
      if (decisions > mostDecisions) throw new ContendedError('the return changed under every decision');
      const now = new Date(dependencies.now()).toISOString();
      const decision = decide(known, item, { policy: dependencies.policy, now, attempt });
      if (tellsSomething(item, decision)) announce(item, decision, attempt, decision.action.kind);
      const step = await act(item, decision, attempt, dependencies, timeLeft);
      if ('outcome' in step) {
        outcomes.push(step.outcome);
        break;
      }
      if (step.next === 'read-again') {
        known = await dependencies.table.readStory(known.orderId);
      } else {
        announce(step.next, step.next, attempt, 'none');
        known = replaced(known, step.next);
      }
      item = find();
    }
  }
  return together(outcomes);
}

const replaced = (story: Story, item: ReturnItem): Story => ({
  ...story,
  returns: story.returns.map((other) =>
    other.rmaId === item.rmaId && other.itemId === item.itemId ? item : other,
  ),
});

const tellsSomething = (item: ReturnItem, decision: Decision): boolean =>
  decision.state !== item.state || decision.why !== item.why || decision.action.kind !== 'none';

function announce(
  item: ReturnItem,
  { state, why, attention }: Pick<Decision, 'state' | 'why' | 'attention'>,
  { eventId }: Attempt,
  action: Decision['action']['kind'],
): void {
  const { orderId } = item;
  logInfo({ step: 'decided', eventId, orderId, returnId: returnId(item), state, action, why, attention });
}
