import type { Command } from 'commander';
import {
  type Meaning,
  meaningOf,
  meanings,
  type TextField,
  termOf,
  textFields,
} from '../../../lib/returns/vocabulary.ts';
import { type Mapping, mappingOf } from '../../../lib/table/term-mappings.ts';
import { addExamples, CommandError, type Terminal, UsageError } from '../../cli/command-line.ts';
import { plural } from '../../cli/output.ts';
import { withBridge } from '../aws/open-bridge.ts';
import { addPlaceOptions, type PlaceOptions } from '../aws/place.ts';
import { previewMapping } from '../preview/preview-mapping.ts';
import { mapAndRelease } from '../vocabulary/map-and-release.ts';

const calls = 'dynamodb:PutItem, GetItem and Query (table and index tasks), sqs:SendMessage';

const examples: Record<TextField, string> = {
  reason: '"mouwen te wijd" too_big',
  condition: '"zo goed als ongedragen" good',
  resolution: '"een ander model" other',
  status: '"awaiting parcel" authorized',
};

/** The meanings with which an article is not forwarded. Completes the list of meanings. */
const notForwarded: Record<TextField, string> = {
  reason:
    'An article that is broken, other_bad_condition or wrong_item is not forwarded to another customer.',
  condition: 'An article in bad condition is not forwarded to another customer.',
  resolution:
    'With the meaning other, such as an exchange, the article is not forwarded to another customer.',
  status: 'A return is forwarded only while it is authorized or partially_authorized.',
};

interface MapOptions extends PlaceOptions {
  readonly dryRun?: true;
}

/** Adds one command for each field: `map-reason`, `map-condition`, `map-resolution` and `map-status`. */
export function addMapCommands(bridge: Command, terminal: Terminal): void {
  for (const field of textFields) addMapCommand(bridge, terminal, field);
}

function addMapCommand(bridge: Command, { print }: Terminal, field: TextField): void {
  const command = bridge
    .command(`map-${field}`)
    .argument('<text>', 'the unknown text; case, accents, spaces and punctuation make no difference')
    .argument('<meaning>', 'one of the meanings above')
    .summary(`map an unknown text of a ${field}, and release the returns that wait for it`)
    .description(
      `Stores the meaning of a ${field} text. The worker then decides again about the waiting returns, within seconds.
Running the same command again changes nothing. Another meaning applies to later decisions only.
Meanings: ${meanings[field].join(', ')}. ${notForwarded[field]}`,
    )
    .option(
      '--dry-run',
      'print the returns that the mapping would release and their decisions, and change nothing',
    );
  addExamples(command, `npx bridge map-${field} ${examples[field]} --dry-run`);
  addPlaceOptions(command).action(async (text: string, meaning: string, options: MapOptions) => {
    const mapping = readMapping(field, text, meaning);
    const known = meaningOf(field, text);
    if (known !== undefined) print(explainBuiltIn(field, text, known, mapping.meaning));
    else if (options.dryRun) await preview(mapping, options, print);
    else await map(mapping, options, print);
  });
}

async function preview(mapping: Mapping, options: MapOptions, print: (line: string) => void): Promise<void> {
  const lines = await withBridge(options, calls, (bridge) => previewMapping(bridge, mapping));
  for (const line of lines) print(line);
  print(`${plural(lines.length, 'return')} would be released. Nothing was changed.`);
}

async function map(mapping: Mapping, options: MapOptions, print: (line: string) => void): Promise<void> {
  const { before, orders, returns } = await withBridge(options, calls, (bridge) =>
    mapAndRelease(bridge, mapping, print),
  );
  if (before !== undefined && before !== mapping.meaning) {
    print(`Its earlier meaning was ${before}. Earlier decisions stay as they are.`);
  }
  print(
    orders === 0
      ? 'No return waited for this mapping.'
      : `${plural(returns, 'return')} of ${plural(orders, 'order')} released. npx bridge order <order> shows the result.`,
  );
}

function readMapping(field: TextField, text: string, meaning: string): Mapping {
  if (text.trim() === '')
    throw new UsageError(`The text is empty: a return without a ${field} needs no mapping.`);
  const mapping = mappingOf(field, termOf(text), meaning);
  if (mapping) return mapping;
  throw new UsageError(
    `A ${field} can't mean ${JSON.stringify(meaning)}, only ${meanings[field].join(', ')}.`,
  );
}

/** A built-in meaning always wins, so a mapping of its text would never be read. @throws CommandError */
function explainBuiltIn(field: TextField, text: string, known: Meaning<TextField>, wanted: string): string {
  const builtIn = `The ${field} ${JSON.stringify(text)} is built in and means ${known}`;
  if (known !== wanted) throw new CommandError(`${builtIn}: it can't be mapped.`);
  return `${builtIn} already.`;
}
