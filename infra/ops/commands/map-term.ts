import { z } from 'zod';
import { meaningOf, meanings, type TextField, termOf, textFields } from '../../../lib/returns/vocabulary.ts';
import { type Mapping, mappingOf } from '../../../lib/table/term-mappings.ts';
import { CommandError, UsageError } from '../../cli/command-line.ts';
import { plural } from '../../cli/output.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { formatPreviewed, Previewed } from '../preview/format-preview.ts';
import { flag, list, maybe, oneOfThese, returnFields, text, texts } from '../result-fields.ts';
import { mapAndRelease, previewMapping } from '../returns/map-and-release.ts';

/** For each field an example, and when an article is not forwarded, which completes the list of meanings. */
const fields: Record<TextField, { example: string; notForwarded: string }> = {
  reason: {
    example: '"mouwen te wijd" too_big',
    notForwarded:
      'An article that is broken, other_bad_condition or wrong_item is not forwarded to another customer.',
  },
  condition: {
    example: '"zo goed als ongedragen" good',
    notForwarded: 'An article in bad condition is not forwarded to another customer.',
  },
  resolution: {
    example: '"een ander model" other',
    notForwarded:
      'With the meaning other, such as an exchange, the article is not forwarded to another customer.',
  },
  status: {
    example: '"awaiting parcel" authorized',
    notForwarded: 'A return is forwarded only while it is authorized or partially_authorized.',
  },
};

const Mapped = z.object({
  field: oneOfThese(textFields, 'what the text is about'),
  text: text('the text, as it is compared'),
  meaning: text('what it means'),
  earlierMeaning: maybe('what it meant before'),
  isBuiltIn: flag('whether the bridge knew this meaning anyway'),
  released: list(
    { orderId: returnFields.orderId, returns: texts('RMA and item of each return') },
    'the returns that waited for it',
  ),
  previews: list(Previewed.shape, 'with --dry-run: the returns that wait, and what the worker would do'),
  by: text('who mapped it'),
  stored: flag('false with --dry-run'),
});
type Mapped = z.input<typeof Mapped>;

/** One command for each field: `map-reason`, `map-condition`, `map-resolution` and `map-status`. */
export const mapCommands = textFields.map((field) =>
  bridgeCommand<object, typeof Mapped>({
    name: `map-${field}`,
    summary: `map an unknown text of a ${field}, and release the returns that wait for it`,
    description: `Stores the meaning of a ${field} text. The worker then decides again about the waiting
      returns, within seconds. Running the same command again changes nothing. Another meaning applies to
      later decisions only. Meanings: ${meanings[field].join(', ')}. ${fields[field].notForwarded}`,
    examples: [`npx bridge map-${field} ${fields[field].example} --dry-run`],
    result: Mapped,
    parameters: (command) =>
      command
        .argument('<text>', 'the unknown text; case, accents, spaces and punctuation make no difference')
        .argument('<meaning>', 'one of the meanings above'),
    by: 'who maps it',
    dryRun: 'print the returns that the mapping would release and their decisions, and change nothing',
    check(_options, text: string, meaning: string) {
      const { meaning: wanted } = readMapping(field, text, meaning);
      const known = meaningOf(field, text);
      // A built-in meaning always wins, so a mapping of its text would never be read.
      if (known === undefined || known === wanted) return;
      throw new CommandError(
        `The ${field} ${JSON.stringify(text)} is built in and means ${known}: it can't be mapped.`,
      );
    },
    async run({ bridge, isPreview }, text: string, meaning: string) {
      const mapping = readMapping(field, text, meaning);
      const by = await bridge.caller();
      const nothing = { ...mapping, by, released: [], previews: [], isBuiltIn: false, stored: false };
      if (meaningOf(field, text) !== undefined) return { result: { ...nothing, isBuiltIn: true } };
      if (isPreview) return { result: { ...nothing, previews: await previewMapping(bridge, mapping, by) } };
      const { before, released } = await mapAndRelease(bridge, mapping, by);
      return { result: { ...nothing, earlierMeaning: before, released, stored: true } };
    },
    format: (mapped, { bridge }) => formatMapped(mapped, bridge),
  }),
);

function formatMapped(mapped: Mapped, { command }: OpenBridge): string[] {
  const { text, meaning, earlierMeaning, isBuiltIn, released, previews, stored } = mapped;
  const term = `${mapped.field} ${JSON.stringify(text)}`;
  if (isBuiltIn) return [`The ${term} is built in and means ${meaning} already.`];
  if (!stored) {
    const count = plural(previews.length, 'return');
    return [...previews.map(formatPreviewed), `${count} would be released. Nothing was changed.`];
  }
  const returns = released.reduce((sum, order) => sum + order.returns.length, 0);
  return [
    `Stored: ${term} means ${meaning}.`,
    ...released.map(
      (order) => `Released: order ${order.orderId}, ${order.returns.map((id) => `return ${id}`).join(', ')}.`,
    ),
    ...(earlierMeaning && earlierMeaning !== meaning
      ? [`Its earlier meaning was ${earlierMeaning}. Earlier decisions stay as they are.`]
      : []),
    returns === 0
      ? 'No return waited for this mapping.'
      : `${plural(returns, 'return')} of ${plural(released.length, 'order')} released. This shows the result: ${command('order', '<order>')}`,
  ];
}

/** @throws UsageError */
function readMapping(field: TextField, text: string, meaning: string): Mapping {
  if (text.trim() === '') {
    throw new UsageError(`The text is empty: a return without a ${field} needs no mapping.`);
  }
  const mapping = mappingOf(field, termOf(text), meaning);
  if (mapping) return mapping;
  throw new UsageError(
    `A ${field} can't mean ${JSON.stringify(meaning)}, only ${meanings[field].join(', ')}.`,
  );
}
