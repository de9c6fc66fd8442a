import { isAnonymous } from '../../../lib/returns/notice.ts';
import { npxBridge } from '../../../lib/returns/npx-bridge.ts';
import { tableItems } from '../../../lib/table/dynamodb.ts';
import { unmappedTask } from '../../../lib/table/keys.ts';
import { storedVocabulary } from '../../../lib/table/term-mappings.ts';
import { formatTime, plural, printable } from '../../cli/output.ts';
import { bridgeCommand } from '../command.ts';
import { listEntries } from '../returns/waiting-returns.ts';

export const unmappedCommand = bridgeCommand<{ readonly personal?: true }>({
  name: 'unmapped',
  summary: 'list the unknown texts, and how many returns wait for each',
  description: `Lists each text of a reason, condition, resolution or status that the bridge does not know,
    and how many returns wait for its mapping. The texts are Winkelstraat's and its customers' own words.`,
  exit1: 'returns wait',
  examples: ['npx bridge unmapped', 'npx bridge unmapped --local'],
  parameters: (command) =>
    command.option('--personal', 'also print long texts, and those with a digit or an @'),
  async run({ bridge, options: { personal = false }, print }) {
    let found = 0;
    const items = tableItems(bridge.dynamodb, bridge.table);
    for (const term of await storedVocabulary(items).readUnmappedTerms()) {
      const [first, ...others] = await listEntries(bridge, unmappedTask(term));
      if (!first) continue;
      found += 1;
      const orders = `order ${first.orderId}${others.length > 0 ? ' and others' : ''}`;
      const waiting = `${plural(others.length + 1, 'return')} waiting (${orders})`;
      const isShown = personal || isAnonymous(term.text);
      const text = isShown ? term.text : '(--personal prints it)';
      print(
        `${term.field} ${JSON.stringify(text)}: ${waiting}, since ${formatTime(term.since)}`,
        `  ${npxBridge(bridge.stage.name, `map-${term.field}`, printable(isShown ? text : '<text>'))} <meaning>`,
      );
    }
    if (found > 0) return 1;
    return print('No return waits for a mapping.');
  },
});
