import type { Term } from '../returns/vocabulary.ts';
import { isoTime } from '../runtime/time.ts';
import type { ActionDefinition } from './context.ts';
import { writeExplanation } from './explain.ts';

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
