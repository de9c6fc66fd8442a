import { meaningOf, meanings, type TextField, termOf, textFields } from '../../../lib/returns/vocabulary.ts';
import { type Mapping, mappingOf } from '../../../lib/table/term-mappings.ts';
import { CommandError, UsageError } from '../../cli/command-line.ts';
import { plural } from '../../cli/output.ts';
import { bridgeCommand } from '../command.ts';
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

/** One command for each field: `map-reason`, `map-condition`, `map-resolution` and `map-status`. */
export const mapCommands = textFields.map((field) =>
  bridgeCommand({
    name: `map-${field}`,
    summary: `map an unknown text of a ${field}, and release the returns that wait for it`,
    description: `Stores the meaning of a ${field} text. The worker then decides again about the waiting
      returns, within seconds. Running the same command again changes nothing. Another meaning applies to
      later decisions only. Meanings: ${meanings[field].join(', ')}. ${fields[field].notForwarded}`,
    examples: [`npx bridge map-${field} ${fields[field].example} --dry-run`],
    parameters: (command) =>
      command
        .argument('<text>', 'the unknown text; case, accents, spaces and punctuation make no difference')
        .argument('<meaning>', 'one of the meanings above'),
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
    async run({ bridge, isPreview, print }, text: string, meaning: string) {
      const mapping = readMapping(field, text, meaning);
      const known = meaningOf(field, text);
      if (known !== undefined)
        return print(`The ${field} ${JSON.stringify(text)} is built in and means ${known} already.`);
      if (!isPreview) return mapAndRelease(bridge, mapping, print);
      const lines = await previewMapping(bridge, mapping);
      print(...lines, `${plural(lines.length, 'return')} would be released. Nothing was changed.`);
    },
  }),
);

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
