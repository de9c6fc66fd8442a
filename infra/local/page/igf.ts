import * as z from 'zod/mini';
import { CommandError } from '../../cli/command-line.ts';
import data from './igf.json' with { type: 'json' };

const body = z.optional(z.record(z.string(), z.unknown()));

/** What the buttons do at the IGF simulator. */
export const { events: igfEvents, faults: igfFaults } = z.parse(
  z.object({
    /** What happens to a listing, in the order of its life: a control, and its body without the listing. */
    events: z.record(z.string(), z.object({ control: z.string(), body })),
    /** What fails, and what the bridge then does. Without a body, everything works again. */
    faults: z.record(z.string(), z.object({ text: z.string(), body })),
  }),
  data,
);

/** Uses a control of the IGF simulator. Without a body it ends what the control did. @throws CommandError */
export async function useControl(igfUrl: string, control: string, body: object | undefined): Promise<void> {
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : { method: 'DELETE' };
  const answer = await fetch(new URL(`/_simulator/${control}`, igfUrl), init);
  if (!answer.ok) throw new CommandError(`The simulator answered ${answer.status}: ${await answer.text()}`);
}
