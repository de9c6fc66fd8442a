import {
  type ActionContext,
  type ActionResult,
  type AdvanceDependencies,
  type Attempt,
  hasTimeForCall,
  type Outcome,
  type TimeLeft,
  writeItem,
} from '../actions/action.ts';
import { explained, writeWithoutCall } from '../actions/explain.ts';
import { type Decision, decide } from '../decide/decide.ts';
import type { WithDecision } from '../record/record-facts.ts';
import { articleOf } from '../returns/article.ts';
import { type OrderSnapshot, type ReturnRef, returnIn, withReturn } from '../returns/order.ts';
import { type ReturnItem, returnId } from '../returns/return-item.ts';
import { type Explanation, isUnchanged } from '../returns/tasks.ts';
import { promisedOthers, unitsPromised } from '../returns/units.ts';
import type { DecisionContext } from '../rules/view.ts';
import { logInfo } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import { ContendedError } from '../table/optimistic-update.ts';
import { isDone, keepOrder } from '../table/retention.ts';
import { combineOutcomes } from './disposition.ts';
import { publishNotice } from './publish-notice.ts';

/** To list a return, find that it is over and cancel it takes three decisions. Writes of other workers cause more. */
const mostDecisions = 24;

/** When another return no longer promises its unit, it is decided again. Two may take turns while others write them. */
const mostPasses = 4;

/** The inputs of one call of `advance`. */
interface Turn extends Pick<DecisionContext, 'retailer' | 'firstDelivery'> {
  attempt: Attempt;
  dependencies: AdvanceDependencies;
  timeLeft: TimeLeft;
}

async function merchantOf({ retailer, firstDelivery }: AdvanceDependencies) {
  const known = await Promise.all([retailer?.(), firstDelivery?.()]);
  return { retailer: known[0], firstDelivery: known[1] };
}

/**
 * Decides about a return whose facts are about to be written, so that facts and decision are one write. The decision
 * counts only when `advance` has decided the same from what is stored. Of a call at IGF, its claim may be written too.
 */
export const decidedAhead =
  (attempt: Attempt, dependencies: AdvanceDependencies, timeLeft: TimeLeft): WithDecision =>
  async (order, item) => {
    if (item.pendingCall) return item;
    const { policy, now } = dependencies;
    const at = isoTime(now());
    try {
      const merchant = await merchantOf(dependencies);
      const decision = decide(order, item, { policy, ...merchant, now: at, attempt });
      if (decision.needsMappings) return item;
      const claimed = claimAhead({ order, item, decision, attempt, dependencies, timeLeft }, decision);
      if (claimed) return claimed;
      if (decision.action.kind !== 'none') return item;
      const content = explained(item, decision, at);
      // The table writes the skeleton of a return that is over before the return itself. A crash in between would leave
      // a new return with a skeleton alone, like one that was deleted.
      if (item.rev === 0 && isDone(content)) return item;
      if (content !== item) logDecision(item, decision, decision.action.kind, { attempt });
      return content;
    } catch {
      // The facts are stored all the same. Then `advance` decides again, and reports the error.
      return item;
    }
  };

function claimAhead(context: ActionContext, { action }: Decision): ReturnItem | undefined {
  const { attempt, dependencies, timeLeft } = context;
  if (!attempt.claims || dependencies.circuit?.refusal() || !hasTimeForCall({ timeLeft })) return undefined;
  const claimed = action.claim?.(context);
  if (claimed?.pendingCall) attempt.claims.add(claimed.pendingCall.token);
  return claimed;
}

/** A return after its last decision. */
interface Advanced {
  order: OrderSnapshot;
  outcomes: Outcome[];
}

/**
 * Advances returns of an order until nothing is left to do. Every worker ends here, so the order of webhooks does not
 * matter.
 * @param refs all of the order, unless only some are named
 * @throws ContendedError
 */
export async function advance(
  order: OrderSnapshot,
  attempt: Attempt,
  dependencies: AdvanceDependencies,
  timeLeft: TimeLeft,
  refs: readonly ReturnRef[] = order.returns,
): Promise<Outcome> {
  const turn = { attempt, dependencies, timeLeft, ...(await merchantOf(dependencies)) };
  const advanced = new Map<ReturnRef, Advanced>();
  let latest = order;
  let due = refs;
  for (let pass = 0; due.length > 0 && pass < mostPasses; pass += 1) {
    for (const ref of due) {
      const result = await advanceReturn(latest, ref, turn);
      latest = result.order;
      advanced.set(ref, result);
    }
    due = refs.filter((ref) => isDueAgain(latest, ref, advanced.get(ref)));
  }
  const { table, now, policy } = dependencies;
  await keepOrder(latest, table, { now, ...policy });
  return combineOutcomes([...advanced.values()].flatMap(({ outcomes }) => outcomes));
}

/** Decides and acts while an action leads to another decision, then notifies. On `changed` the order is read again. */
async function advanceReturn(order: OrderSnapshot, ref: ReturnRef, turn: Turn): Promise<Advanced> {
  let known = order;
  for (let decisions = 0; decisions <= mostDecisions; decisions += 1) {
    const stored = returnIn(known, ref);
    if (!stored) return { order: known, outcomes: [] };
    const claimed = turn.attempt.claims?.has(stored.pendingCall?.token ?? '') ? stored : undefined;
    const item = claimed ? { ...claimed, pendingCall: undefined } : stored;
    known = withReturn(known, item);
    const decision = await decideNow(known, item, turn);
    const result = await act({ order: known, item, decision, claimed, ...turn }, decision);
    const next = 'next' in result ? result.next : await notify(known, result, turn);
    if (next === 'changed') {
      known = await turn.dependencies.table.readOrder(order.orderId);
    } else {
      if ('outcomes' in next) return next;
      logDecision(next, next, 'none', turn);
      known = withReturn(known, next);
    }
  }
  throw new ContendedError('another worker changed the return after each decision');
}

/** Mappings only add to the built-in texts, so few orders need any. A mapping counts from when it is written. */
async function decideNow(order: OrderSnapshot, item: ReturnItem, turn: Turn): Promise<Decision> {
  const { attempt, dependencies, retailer, firstDelivery } = turn;
  const { policy, table, now } = dependencies;
  const context = { policy, retailer, firstDelivery, now: isoTime(now()), attempt };
  let decision = decide(order, item, context);
  if (decision.needsMappings) {
    decision = decide(order, item, { ...context, vocabulary: await table.readMappings() });
  }
  if (decision.rule) attempt.rules?.add(decision.rule);
  const { kind } = decision.action;
  if (kind !== 'none' || !isUnchanged(item, decision)) logDecision(item, decision, kind, turn);
  return decision;
}

/** While IGF is down, nothing is claimed or called. A claim that the decision does not want is released. */
async function act(context: ActionContext, { action }: Decision): Promise<ActionResult> {
  const { claimed, item } = context;
  const down = action.call ? context.dependencies.circuit?.refusal() : undefined;
  if (claimed && (down || !isSameCall(action.claim?.(context), claimed))) {
    await writeItem(context, item);
    return { next: 'changed' };
  }
  if (!down) return action.run(context);
  const outcome = {
    kind: 'retry',
    reason: `not called: ${down}`,
    errorClass: 'IgfUnavailableError',
  } as const;
  return writeWithoutCall(context, outcome);
}

const isSameCall = (wanted: ReturnItem | undefined, { pendingCall }: ReturnItem): boolean =>
  wanted?.pendingCall?.operation === pendingCall?.operation &&
  wanted?.pendingCall?.request === pendingCall?.request;

async function notify(
  order: OrderSnapshot,
  { outcome, item }: Exclude<ActionResult, { next: unknown }>,
  { attempt, dependencies }: Turn,
): Promise<Advanced | 'changed'> {
  const poNumber = articleOf(order, item)?.poNumber;
  const notified = await publishNotice(item, attempt.eventId, dependencies, poNumber);
  return notified === 'changed'
    ? notified
    : { order: withReturn(order, item), outcomes: [outcome, ...notified] };
}

/** Whether units of a return's article were promised or became free since it was decided. */
function isDueAgain(now: OrderSnapshot, ref: ReturnRef, advanced: Advanced | undefined): boolean {
  // A call that failed is made again by the next attempt at the message.
  const hasEnded = advanced?.outcomes.every(({ kind }) => kind !== 'retry' && kind !== 'permanent-failure');
  return hasEnded === true && promisedToOthers(advanced?.order, ref) !== promisedToOthers(now, ref);
}

function promisedToOthers(order: OrderSnapshot | undefined, ref: ReturnRef): number {
  const item = order && returnIn(order, ref);
  return item ? unitsPromised(order, promisedOthers(order, item)) : 0;
}

function logDecision(
  item: ReturnItem,
  { state, why, rule, attention, tasks }: Explanation,
  action: string,
  { attempt: { eventId } }: Pick<Turn, 'attempt'>,
): void {
  const ids = { eventId, orderId: item.orderId, returnId: returnId(item) };
  const names = tasks?.map(({ task }) => task).join(', ');
  logInfo({ step: 'decided', ...ids, state, action, rule, why, attention, tasks: names });
}
