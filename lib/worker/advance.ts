import { type Attempt, type Decision, isUnchanged } from '../decide/decision.ts';
import { updateMatch } from '../matching/update-match.ts';
import { isSameReturn, type OrderSnapshot, returnIn } from '../returns/order.ts';
import { type ReturnItem, returnId } from '../returns/return-item.ts';
import { logInfo } from '../runtime/log.ts';
import { ContendedError } from '../table/optimistic-update.ts';
import { act } from './act.ts';
import type { AdvanceDependencies, TimeLeft } from './dependencies.ts';
import { combineOutcomes, type Outcome } from './outcome.ts';
import { tell } from './publish-notice.ts';
import { becomesUnmapped, decideWithMappings, isMappedMeanwhile } from './unmapped-term.ts';

/** Listing, learning that it is over, and cancelling take three decisions; other workers may make us decide anew. */
const mostDecisions = 24;

/**
 * Lets `decide` name the next action for each return of an order and carries it out, until nothing is left to do
 * now. Every worker ends here, so the order in which webhooks arrive does not matter.
 * @throws ContendedError
 */
export async function advance(
  order: OrderSnapshot,
  attempt: Attempt,
  dependencies: AdvanceDependencies,
  timeLeft: TimeLeft,
): Promise<Outcome> {
  const { table } = dependencies;
  const retailer = await dependencies.retailer?.();
  const outcomes: Outcome[] = [];
  let known = order;
  for (const ref of order.returns) {
    const find = () => returnIn(known, ref);
    let item = find();
    for (let decisions = 0; item; decisions += 1) {
      if (decisions > mostDecisions) throw new ContendedError('the return changed under every decision');
      const considered = await updateMatch(known, item, dependencies);
      if (considered === 'changed') {
        known = await table.readOrder(known.orderId);
        item = find();
        continue;
      }
      if (considered !== item) known = replaced(known, considered);
      item = considered;
      const now = new Date(dependencies.now()).toISOString();
      const context = { policy: dependencies.policy, retailer, now, attempt };
      const decision = await decideWithMappings(known, item, context, table);
      const held = becomesUnmapped(item, decision);
      if (held) await table.noteUnmapped(held, now);
      if (isNoteworthy(item, decision)) announce(item, decision, attempt, decision.action.kind);
      const step = await act(item, decision, attempt, dependencies, timeLeft);
      if ('outcome' in step && held && (await isMappedMeanwhile(held, table))) {
        known = await table.readOrder(known.orderId);
        item = find();
        continue;
      }
      if ('outcome' in step) {
        const told = await tell(step.item ?? item, attempt.eventId, dependencies);
        if (told !== 'changed') {
          outcomes.push(step.outcome, ...(told ? [told] : []));
          break;
        }
      }
      if ('outcome' in step || step.next === 'changed') {
        known = await table.readOrder(known.orderId);
      } else {
        announce(step.next, step.next, attempt, 'none');
        known = replaced(known, step.next);
      }
      item = find();
    }
  }
  return combineOutcomes(outcomes);
}

const replaced = (order: OrderSnapshot, item: ReturnItem): OrderSnapshot => ({
  ...order,
  returns: order.returns.map((other) => (isSameReturn(other, item) ? item : other)),
});

const isNoteworthy = (item: ReturnItem, decision: Decision): boolean =>
  decision.action.kind !== 'none' || !isUnchanged(item, decision);

function announce(
  item: ReturnItem,
  { state, why, attention }: Pick<ReturnItem, 'state' | 'why' | 'attention'>,
  { eventId }: Attempt,
  action: Decision['action']['kind'],
): void {
  const { orderId } = item;
  logInfo({ step: 'decided', eventId, orderId, returnId: returnId(item), state, action, why, attention });
}
