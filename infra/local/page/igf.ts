import { CommandError } from '../../cli/command-line.ts';
import data from './igf.json' with { type: 'json' };

/** What happens to a listing, in the order of its life: a simulator's control, and its body without the listing. */
export const igfEvents: Readonly<Record<string, { control: string; body?: object }>> = data.events;

/** What fails at IGF, and what the bridge then does. Without a body, everything works again. */
export const igfFaults: Readonly<Record<string, { text: string; body?: object }>> = data.faults;

/** @throws CommandError for a name that no entry has */
export function entryOf<Entry>(entries: Readonly<Record<string, Entry>>, kind: string, name: string): Entry {
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (entry === undefined) throw new CommandError(`There is no ${kind} ${name}.`);
  return entry;
}

/** Uses a control of the IGF simulator. Without a body it ends what the control did. @throws CommandError */
export async function useControl(igfUrl: string, control: string, body: object | undefined): Promise<void> {
  const init = body ? { method: 'POST', body: JSON.stringify(body) } : { method: 'DELETE' };
  const answer = await fetch(new URL(`/_simulator/${control}`, igfUrl), init);
  if (!answer.ok) throw new CommandError(`The simulator answered ${answer.status}: ${await answer.text()}`);
}
