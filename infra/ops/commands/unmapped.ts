import { z } from 'zod';
import { isAnonymous } from '../../../lib/returns/notice.ts';
import { textFields } from '../../../lib/returns/vocabulary.ts';
import { unmappedTask } from '../../../lib/table/keys.ts';
import { formatTime, plural, printable } from '../../cli/output.ts';
import { bridgeCommand } from '../command.ts';
import { list, maybe, number, oneOfThese, text, texts } from '../result-fields.ts';
import { listEntries } from '../returns/waiting-returns.ts';

const Unmapped = z.object({
  terms: list(
    {
      field: oneOfThese(textFields, 'what the text is about'),
      text: maybe('the text; null when it may be personal, and --personal was not given'),
      returns: number('how many returns wait for it'),
      orderIds: texts("Winkelstraat's numbers of their orders"),
      since: text('when it first came'),
    },
    'the texts',
  ),
});

export const unmappedCommand = bridgeCommand<{ readonly personal?: true }, typeof Unmapped>({
  name: 'unmapped',
  summary: 'list the unknown texts, and how many returns wait for each',
  description: `Lists each text of a reason, condition, resolution or status that the bridge does not know,
    and how many returns wait for its mapping. The texts are Winkelstraat's and its customers' own words.`,
  exit1: 'returns wait',
  examples: ['npx bridge unmapped', 'npx bridge unmapped --local'],
  result: Unmapped,
  parameters: (command) =>
    command.option('--personal', 'also print long texts, and those with a digit or an @'),
  async run({ bridge, options: { personal = false } }) {
    const terms: z.infer<typeof Unmapped>['terms'] = [];
    for (const term of await bridge.store.readUnmappedTerms()) {
      const entries = await listEntries(bridge, unmappedTask(term));
      if (entries.length === 0) continue;
      const { field, since } = term;
      const text = personal || isAnonymous(term.text) ? term.text : null;
      const orderIds = [...new Set(entries.map(({ orderId }) => orderId))];
      terms.push({ field, text, returns: entries.length, orderIds, since });
    }
    return { result: { terms }, exitCode: terms.length > 0 ? 1 : 0 };
  },
  format: ({ terms }, { bridge }) =>
    terms.length === 0
      ? ['No return waits for a mapping.']
      : terms.flatMap(({ field, text, returns, orderIds: [first, ...others], since }) => [
          `${field} ${JSON.stringify(text ?? '(--personal prints it)')}: ${plural(returns, 'return')} waiting ` +
            `(order ${first}${others.length > 0 ? ' and others' : ''}), since ${formatTime(since)}`,
          `  ${bridge.command(`map-${field}`, printable(text ?? '<text>'), '<meaning>')}`,
        ]),
});
