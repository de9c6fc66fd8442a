import {
  type Meaning,
  meaningOf,
  meanings,
  type TextField,
  termOf,
} from '../../../lib/returns/vocabulary.ts';
import { type Mapping, mappingOf } from '../../../lib/table/term-mappings.ts';
import { placeDetails, placeOptions, withBridge } from '../aws/open-bridge.ts';
import { type Command, CommandError, UsageError } from '../command.ts';
import { previewOf } from './preview.ts';
import { mapAndRelease } from './release.ts';

const needs = 'dynamodb:PutItem, GetItem and Query (table and index work), sqs:SendMessage';

const example: Record<TextField, string> = {
  reason: '"te wijd" too_big',
  condition: '"zo goed als ongedragen" good',
  resolution: '"een ander model" other',
};

const permitted: Record<TextField, string> = {
  reason: 'With broken, other_bad_condition or wrong_item the article goes to no other customer.',
  condition: 'What is bad goes to no other customer.',
  resolution: 'What is other than a refund, such as an exchange, goes to no other customer.',
};

/** One command for each field: `map-reason`, `map-condition`, `map-resolution`. */
const mapCommand = (field: TextField): Command => ({
  name: `map-${field}`,
  positionals: ['<text>', '<meaning>'],
  options: {
    'dry-run': {
      type: 'boolean',
      about: 'only tell which returns it would release, and what would be decided',
    },
    ...placeOptions,
  },
  summary: `says what an unknown text of a ${field} means, and releases every return held for it`,
  details: `For example: npm run ops -- map-${field} ${example[field]}
Meanings: ${meanings[field].join(', ')}. ${permitted[field]}
Case, spaces and closing punctuation of the text make no difference. The mapping counts from now on; the worker decides
about what was held within seconds. The same again changes nothing, another meaning counts for what comes afterwards.

${placeDetails}`,
  async run(input, print) {
    const [text = '', meaning = ''] = input.positionals;
    const mapping = readMapping(field, text, meaning);
    const known = meaningOf(field, text);
    if (known !== undefined) return alreadyKnown(field, text, known, mapping.meaning, print);

    if (input.options['dry-run']) {
      const lines = await withBridge(input, needs, (bridge) => previewOf(bridge, mapping));
      for (const line of lines) print(line);
      print(
        `${lines.length === 0 ? 'No return is' : `${count(lines.length, 'return')}`} held for it. Nothing was changed.`,
      );
      return 0;
    }
    const { before, orders, returns } = await withBridge(input, needs, (bridge) =>
      mapAndRelease(bridge, mapping, print),
    );
    if (before !== undefined && before !== mapping.meaning) {
      print(`It was ${before} before; what was decided by that stays as it is.`);
    }
    print(
      orders === 0
        ? 'No return was held for it.'
        : `${count(returns, 'return')} of ${count(orders, 'order')} released. npm run ops -- story <order> tells what became of one.`,
    );
    return 0;
  },
});

function readMapping(field: TextField, text: string, meaning: string): Mapping {
  if (text.trim() === '')
    throw new UsageError(`The text is empty: a ${field} that was not given needs no mapping.`);
  const mapping = mappingOf(field, termOf(text), meaning);
  if (mapping) return mapping;
  throw new UsageError(
    `A ${field} can't mean ${JSON.stringify(meaning)}, only ${meanings[field].join(', ')}.`,
  );
}

/** What is built in always wins, so a mapping of it would be kept and never read. */
function alreadyKnown(
  field: TextField,
  text: string,
  known: Meaning<TextField>,
  wanted: string,
  print: (line: string) => void,
): 0 {
  if (known !== wanted) {
    throw new CommandError(
      `The ${field} ${JSON.stringify(text)} is built in and means ${known}: it is not mapped.`,
    );
  }
  print(`The ${field} ${JSON.stringify(text)} is built in and means ${known} already.`);
  return 0;
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

export const mapReason = mapCommand('reason');
export const mapCondition = mapCommand('condition');
export const mapResolution = mapCommand('resolution');
