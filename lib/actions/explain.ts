import { type IgfError, IgfUnavailableError } from '../igf/errors.ts';
import { isEqual } from '../returns/merge.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { attentionFields, type Explanation, isToMap, isUnchanged, waitingFields } from '../returns/tasks.ts';
import type { Term } from '../returns/vocabulary.ts';
import { isoTime } from '../runtime/time.ts';
import {
  type ActionContext,
  type ActionResult,
  busy,
  defineAction,
  done,
  type Outcome,
  writeItem,
} from './action.ts';

/** How many decisions a return keeps. */
const mostDecisions = 30;

/** The fields of a return that say what was decided, or what a call led to. @param now ISO 8601 UTC */
export function decided(
  { decisions = [] }: Pick<ReturnItem, 'decisions'>,
  { state, why, rule }: Pick<Explanation, 'state' | 'why' | 'rule'>,
  now: string,
) {
  const what = `${state} ${rule ?? ''}`;
  const isRepeated = decisions.at(-1)?.endsWith(` ${what}`);
  const next = isRepeated ? decisions : [...decisions, `${now.slice(0, 19)}Z ${what}`].slice(-mostDecisions);
  return { state, why, rule, decisions: next };
}

/** The return with a decision that calls nobody. @param now ISO 8601 UTC */
export function explained(item: ReturnItem, decision: Explanation, now: string): ReturnItem {
  if (isUnchanged(item, decision)) return item;
  const { refundDue, unmappedTerm, waits, observedOnly } = decision;
  const attentionChange = attentionFields(item, decision, now);
  // Another unmapped term is the same task, and needs a new notice.
  const isNewTerm = unmappedTerm && !isEqual(unmappedTerm, item.unmappedTerm);
  const notifiedOf = attentionChange.notifiedOf?.filter((task) => !isNewTerm || !isToMap(task));
  // When nothing is left to do, a listed return has no call of unknown outcome: the call was done, or it can
  // no longer happen.
  const pendingCall = item.listingId === undefined ? item.pendingCall : undefined;
  return {
    ...item,
    ...decided(item, decision, now),
    ...attentionChange,
    notifiedOf,
    ...waitingFields(item, waits, now),
    observedOnly,
    refundDue,
    unmappedTerm,
    pendingCall,
  };
}

/** Writes the decision, if it says something new. */
export async function writeExplanation(
  context: ActionContext,
): Promise<Exclude<ActionResult, { next: unknown }> | { next: 'changed' }> {
  const { item, decision, dependencies } = context;
  const content = explained(item, decision, isoTime(dependencies.now()));
  if (content === item) return { outcome: done, item };
  const written = await writeItem(context, content);
  return written === 'changed' ? { next: written } : { outcome: done, item: written };
}

/** The return with its decision, before the call. */
export function asDecided({ item, decision, dependencies }: ActionContext): ReturnItem {
  const now = isoTime(dependencies.now());
  const attentionChange = {
    ...attentionFields(item, decision, now),
    // The call may only interrupt a task, which then needs no second notice.
    notifiedOf: item.notifiedOf,
  };
  // A listed return waits for no mapping, and needs it all the same.
  const unmappedTerm = item.listingId === undefined ? undefined : item.unmappedTerm;
  const nothingAwaited = { unmappedTerm, waits: undefined, waitingSince: undefined };
  return {
    ...item,
    ...decided(item, decision, now),
    ...attentionChange,
    ...nothingAwaited,
    observedOnly: undefined,
  };
}

/** Writes the decision without its call, which must not be made now. A later attempt finds it and writes nothing. */
export async function writeWithoutCall(context: ActionContext, outcome: Outcome): Promise<ActionResult> {
  const content = asDecided(context);
  if (isEqual(content, context.item)) return { outcome, item: context.item };
  const item = await writeItem(context, content);
  return item === 'changed' ? { next: item } : { outcome, item };
}

/** @param leastSeconds the next attempt comes no earlier, and also not before IGF wants it */
export function retryLater(error: IgfError, leastSeconds?: number): Outcome {
  const wanted = error instanceof IgfUnavailableError ? error.retryAfter : undefined;
  const afterSeconds = leastSeconds === undefined ? wanted : Math.max(leastSeconds, wanted ?? 0);
  return { kind: 'retry', reason: error.message, errorClass: error.name, afterSeconds };
}

export const none = defineAction('none', { run: writeExplanation });

/** Another attempt has the claim on the return. The message is retried when the claim has ended. */
export const wait = defineAction<{ until: string }>('wait', {
  run: async ({ item, dependencies }, { until }) => ({
    outcome: busy('another attempt has the claim on the return', Date.parse(until) - dependencies.now()),
    item,
  }),
});

/** IGF has refused exactly this call for this message. */
export const refused = defineAction<{ reason: string }>('refused', {
  async run(context, { reason }) {
    const result = await writeExplanation(context);
    if ('next' in result) return result;
    const outcome: Outcome = { kind: 'permanent-failure', reason, errorClass: 'IgfRejectedError' };
    return { ...result, outcome };
  },
});

/** Makes a return wait for a mapping. Its term is noted first: the notes list terms, and the index a term's returns. */
export const hold = defineAction<{ term: Term }>('hold', {
  async run(context, { term }) {
    const { table, now } = context.dependencies;
    await table.noteUnmapped(term, isoTime(now()));
    const result = await writeExplanation(context);
    if ('next' in result) return result;
    // An operator writes the mapping and then looks for the returns that it releases. The worker writes the
    // return and then looks for the mapping, so one of the two finds the other.
    const isMapped = (await table.readMappings())[term.field].has(term.text);
    return isMapped ? { next: 'changed' } : result;
  },
});
