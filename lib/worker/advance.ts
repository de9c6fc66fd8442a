import { type Attempt, type Decision, saysNothingNew } from '../decide/decision.ts';
import { considerMatch } from '../matching/update-match.ts';
import { ContendedError } from '../record/record-facts.ts';
import type { Story } from '../returns/order.ts';
import { type ReturnItem, returnId } from '../returns/return-item.ts';
import { logInfo } from '../runtime/log.ts';
import { act } from './act.ts';
import type { AdvanceDependencies, TimeLeft } from './dependencies.ts';
import { type Outcome, together } from './outcome.ts';
import { tell } from './publish-notice.ts';
import { decideWithMappings, isMappedMeanwhile, newlyHeld } from './unmapped-term.ts';

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
  dependencies: AdvanceDependencies,
  timeLeft: TimeLeft,
): Promise<Outcome> {
  const { table } = dependencies;
  const retailer = await dependencies.retailer?.();
  const outcomes: Outcome[] = [];
  let known = story;
  for (const { rmaId, itemId } of story.returns) {
    const find = () => known.returns.find((item) => item.rmaId === rmaId && item.itemId === itemId);
    let item = find();
    for (let decisions = 0; item; decisions += 1) {
      if (decisions > mostDecisions) throw new ContendedError('the return changed under every decision');
      const considered = await considerMatch(known, item, dependencies);
      if (considered === 'read-again') {
        known = await table.readStory(known.orderId);
        item = find();
        continue;
      }
      if (considered !== item) known = replaced(known, considered);
      item = considered;
      const now = new Date(dependencies.now()).toISOString();
      const context = { policy: dependencies.policy, retailer, now, attempt };
      const decision = await decideWithMappings(known, item, context, table);
      const held = newlyHeld(item, decision);
      if (held) await table.noteUnknown(held, now);
      if (tellsSomething(item, decision)) announce(item, decision, attempt, decision.action.kind);
      const step = await act(item, decision, attempt, dependencies, timeLeft);
      if ('outcome' in step && held && (await isMappedMeanwhile(held, table))) {
        known = await table.readStory(known.orderId);
        item = find();
        continue;
      }
      if ('outcome' in step) {
        const told = await tell(step.item ?? item, attempt.eventId, dependencies);
        if (told !== 'read-again') {
          outcomes.push(step.outcome, ...(told ? [told] : []));
          break;
        }
      }
      if ('outcome' in step || step.next === 'read-again') {
        known = await table.readStory(known.orderId);
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
  decision.action.kind !== 'none' || !saysNothingNew(item, decision);

function announce(
  item: ReturnItem,
  { state, why, attention }: Pick<ReturnItem, 'state' | 'why' | 'attention'>,
  { eventId }: Attempt,
  action: Decision['action']['kind'],
): void {
  const { orderId } = item;
  logInfo({ step: 'decided', eventId, orderId, returnId: returnId(item), state, action, why, attention });
}
