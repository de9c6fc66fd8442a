import { attentionFields, isUnchanged } from '../returns/explanation.ts';
import { isEqual } from '../returns/merge.ts';
import type { Term } from '../returns/vocabulary.ts';
import { isoTime } from '../runtime/time.ts';
import { type ActionContext, type ActionDefinition, type ActionResult, writeItem } from './context.ts';
import { busy, done } from './outcome.ts';

/** Writes what was decided, if it says something new. */
export async function writeExplanation(context: ActionContext): Promise<ActionResult> {
  const { item, decision, dependencies } = context;
  if (isUnchanged(item, decision)) return { outcome: done };
  const { state, why, attention, refundDue, unmappedTerm, rule } = decision;
  const asked = attentionFields(item, attention, isoTime(dependencies.now()));
  // What is asked again after it was answered needs a new notice, and so does another unmapped term in the same words.
  const notifiedOf = attention && isEqual(unmappedTerm, item.unmappedTerm) ? item.notifiedOf : undefined;
  // A listed return has no call of unknown outcome when nothing is left to do: the call has happened, or it can't.
  const pendingCall = item.listingId === undefined ? item.pendingCall : undefined;
  const content = { ...item, state, why, rule, ...asked, notifiedOf, refundDue, unmappedTerm, pendingCall };
  const written = await writeItem(context, content);
  return written === 'changed' ? { next: written } : { outcome: done, item: written };
}

/** There is nothing to do at IGF. */
export const none: ActionDefinition = { run: writeExplanation };

/** Another attempt holds the claim on the return: it is decided about again when the claim has ended. */
export const wait: ActionDefinition<{ until: string }> = {
  run: async ({ dependencies }, { until }) => ({
    outcome: busy('another attempt holds a claim on the return', Date.parse(until) - dependencies.now()),
  }),
};

/** IGF has refused exactly this call for the message at hand. */
export const refused: ActionDefinition<{ reason: string }> = {
  run: async (_context, { reason }) => ({
    outcome: { kind: 'permanent-failure', reason, errorClass: 'IgfRejectedError' },
  }),
};

/**
 * Holds a return for a text that nobody has mapped. The term is noted before the return is written: the index knows which
 * returns a term holds, and the notes say which terms there are to look for.
 */
export const hold: ActionDefinition<{ term: Term }> = {
  async run(context, { term }) {
    const { table, now } = context.dependencies;
    await table.noteUnmapped(term, isoTime(now()));
    const result = await writeExplanation(context);
    if ('next' in result) return result;
    // An operator writes the mapping and then looks for the returns that it releases. We write the return and then look for
    // the mapping, so one of the two finds the other.
    const isMapped = (await table.readMappings())[term.field].has(term.text);
    return isMapped ? { next: 'changed' } : result;
  },
};
