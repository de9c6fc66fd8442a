import * as z from 'zod/mini';
import { returnStates } from '../../../lib/returns/return-item.ts';
import { UsageError } from '../../cli/command-line.ts';
import data from './scenarios.json' with { type: 'json' };

/** Winkelstraat sends the example of a webhook, with new values of these fields (see `setField`). */
const Send = z.strictObject({
  send: z.string(),
  set: z._default(z.record(z.string(), z.unknown()), {}),
  /** It sends the same body so many times. */
  copies: z._default(z.int(), 1),
  withoutVersion: z._default(z.boolean(), false),
});
/** Something happens at the IGF simulator: a control, and its body without the id of the listing. */
const Control = z.strictObject({
  control: z.enum(['orders', 'events', 'cancellations', 'faults']),
  body: z._default(z.record(z.string(), z.unknown()), {}),
});
/** The scenario goes on once the first return of the order has this state. */
const Until = z.strictObject({ until: z.enum(returnStates) });

const Scenarios = z.record(
  z.string(),
  z.strictObject({
    /** One line for a person. */
    description: z.string(),
    /** The scenario whose steps come first. */
    after: z.optional(z.string()),
    steps: z.array(z.union([Send, Control, Until])),
  }),
);

/** What can happen to a return, by the names that `npx bridge send --scenario` takes. */
export const scenarios = Scenarios.parse(data);

export type Step = z.infer<typeof Send> | z.infer<typeof Control> | z.infer<typeof Until>;

/** Everything that happens in a scenario, all of it about one order. @throws UsageError for an unknown name */
export function stepsOf(name: string): Step[] {
  const { after, steps } = scenarios[name] ?? {};
  if (!steps) {
    throw new UsageError(
      `There is no scenario ${name}. The scenarios are: ${Object.keys(scenarios).join(', ')}.`,
    );
  }
  return [...(after ? stepsOf(after) : []), ...steps];
}
