import type { ActionContext, AdvanceDependencies, Attempt, TimeLeft } from '../actions/context.ts';
import { deferWhileDown } from '../actions/exactly-once.ts';
import { combineOutcomes, type Outcome } from '../actions/outcome.ts';
import { type Decision, decide } from '../decide/decide.ts';
import { articleOf } from '../returns/article.ts';
import { isSameReturn, type OrderSnapshot, type ReturnRef, returnIn } from '../returns/order.ts';
import type { RetailerRules } from '../returns/retailer-rules.ts';
import { type ReturnItem, returnId } from '../returns/return-item.ts';
import { type Explanation, isUnchanged } from '../returns/tasks.ts';
import { promisedOthers, unitsPromised } from '../returns/units.ts';
import type { DecisionContext } from '../rules/view.ts';
import { logInfo } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import { ContendedError } from '../table/optimistic-update.ts';
import { publishNotice } from './publish-notice.ts';

/**
 * To list a return, find that it is over and cancel it takes three decisions. Writes of other workers cause
 * more.
 */
const mostDecisions = 24;

/** The inputs of one call of `advance`. */
interface Turn {
  attempt: Attempt;
  dependencies: AdvanceDependencies;
  timeLeft: TimeLeft;
  retailer: RetailerRules | undefined;
  firstDelivery: string | undefined;
}

/**
 * A return that was decided while another one promised its unit is decided again when that unit is free. This
 * is no endless loop, but two returns of one article may take turns while other workers change them.
 */
const mostPasses = 4;

/**
 * Advances returns of an order until nothing is left to do now. Every worker ends here, so the order in which
 * webhooks arrive does not matter.
 * @param refs the returns to advance: all of the order, unless only some are named
 * @throws ContendedError
 */
export async function advance(
  order: OrderSnapshot,
  attempt: Attempt,
  dependencies: AdvanceDependencies,
  timeLeft: TimeLeft,
  refs: readonly ReturnRef[] = order.returns,
): Promise<Outcome> {
  const [retailer, firstDelivery] = await Promise.all([
    dependencies.retailer?.(),
    dependencies.firstDelivery?.(),
  ]);
  const turn = { attempt, dependencies, timeLeft, retailer, firstDelivery };
  const advanced = new Map<ReturnRef, Advanced>();
  let known = order;
  let due = refs;
  for (let pass = 0; due.length > 0 && pass < mostPasses; pass += 1) {
    for (const ref of due) {
      const result = await advanceReturn(known, ref, turn);
      known = result.order;
      advanced.set(ref, result);
    }
    due = refs.filter((ref) => isDueAgain(known, ref, advanced.get(ref)));
  }
  return combineOutcomes([...advanced.values()].flatMap(({ outcomes }) => outcomes));
}

/** A return after its last decision. */
interface Advanced {
  order: OrderSnapshot;
  outcomes: Outcome[];
}

/** Whether units of a return's article were promised or became free since it was decided. */
function isDueAgain(now: OrderSnapshot, ref: ReturnRef, advanced: Advanced | undefined): boolean {
  // A call that failed is made again by the next attempt at the message.
  const isSettled = advanced?.outcomes.every(({ kind }) => kind !== 'retry' && kind !== 'permanent-failure');
  const [before, after] = [advanced?.order, now].map((order) => order && promisedToOthers(order, ref));
  return isSettled === true && before !== after;
}

function promisedToOthers(order: OrderSnapshot, ref: ReturnRef): number {
  const item = returnIn(order, ref);
  return item ? unitsPromised(order, promisedOthers(order, item)) : 0;
}

/**
 * Decides and acts, repeats this while an action leads to another decision, and then notifies. Another worker
 * may write the return at any time. Then a write returns `changed`, and the order is read again.
 */
async function advanceReturn(order: OrderSnapshot, ref: ReturnRef, turn: Turn): Promise<Advanced> {
  let known = order;
  for (let decisions = 0; decisions <= mostDecisions; decisions += 1) {
    const item = returnIn(known, ref);
    if (!item) return { order: known, outcomes: [] };
    const decision = await decideNow(known, item, turn);
    const result = await act({ order: known, item, decision, ...turn }, decision);
    if ('outcome' in result) {
      const { attempt, dependencies } = turn;
      const poNumber = articleOf(known, item)?.poNumber;
      const notified = await publishNotice(result.item ?? item, attempt.eventId, dependencies, poNumber);
      if (notified !== 'changed') {
        return { order: replaced(known, result.item ?? item), outcomes: [result.outcome, ...notified] };
      }
    }
    const next = 'next' in result ? result.next : 'changed';
    known =
      next === 'changed'
        ? await turn.dependencies.table.readOrder(order.orderId)
        : withReturn(known, next, turn);
  }
  throw new ContendedError('another worker changed the return after each decision');
}

async function decideNow(order: OrderSnapshot, item: ReturnItem, turn: Turn): Promise<Decision> {
  const { attempt, dependencies, retailer, firstDelivery } = turn;
  const { policy, table, now } = dependencies;
  const context = { policy, retailer, firstDelivery, now: isoTime(now()), attempt };
  const decision = await decideWithMappings(order, item, context, table);
  const { kind } = decision.action;
  if (kind !== 'none' || !isUnchanged(item, decision)) logDecision(item, decision, kind, turn);
  return decision;
}

/**
 * Decides with the built-in texts, and reads the mappings of operators only for an unknown text. Mappings
 * only add to the built-in texts, so an order whose texts are all built in needs none. Mappings are not
 * cached between decisions: a mapping counts from the moment when it is written.
 */
async function decideWithMappings(
  order: OrderSnapshot,
  item: ReturnItem,
  context: DecisionContext,
  table: Pick<AdvanceDependencies['table'], 'readMappings'>,
): Promise<Decision> {
  const decision = decide(order, item, context);
  if (!decision.needsMappings) return decision;
  return decide(order, item, { ...context, vocabulary: await table.readMappings() });
}

/** While IGF is down, nothing is claimed or called. */
async function act(context: ActionContext, { action }: Decision) {
  const down = action.call ? context.dependencies.circuit?.refusal() : undefined;
  return down ? deferWhileDown(context, down) : action.run(context);
}

/** The order with one of its returns replaced by the result of an action. */
function withReturn(order: OrderSnapshot, item: ReturnItem, turn: Turn): OrderSnapshot {
  logDecision(item, item, 'none', turn);
  return replaced(order, item);
}

const replaced = (order: OrderSnapshot, item: ReturnItem): OrderSnapshot => ({
  ...order,
  returns: order.returns.map((other) => (isSameReturn(other, item) ? item : other)),
});

function logDecision(
  item: ReturnItem,
  { state, why, rule, attention, tasks }: Explanation,
  action: string,
  { attempt: { eventId } }: Turn,
): void {
  const ids = { eventId, orderId: item.orderId, returnId: returnId(item) };
  logInfo({
    step: 'decided',
    ...ids,
    state,
    action,
    rule,
    why,
    attention,
    tasks: tasks?.map(({ task }) => task).join(', '),
  });
}
