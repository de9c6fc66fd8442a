import { unmappedTerms } from '../../../lib/table/unmapped-terms.ts';
import { printable } from '../../cli/printable.ts';
import { placeDetails, placeOptions, withBridge } from '../aws/open-bridge.ts';
import type { Command } from '../command.ts';
import { readUnmapped } from './held.ts';

/** Lists the texts that nobody has mapped, with what they hold. */
export const unmapped: Command = {
  name: 'unmapped',
  positionals: [],
  options: placeOptions,
  summary: 'lists the texts that nobody has mapped, and how many returns each holds',
  details: `The texts are Winkelstraat's and its customers' own words. Exit code 0: none holds a return, 1: some do.

${placeDetails}`,
  async run(input, print) {
    const holding = await withBridge(input, 'dynamodb:Query (table and index work)', async (bridge) => {
      const texts = await unmappedTerms(bridge.dynamodb, bridge.table).readUnmappedTerms();
      const counted = [];
      for (const text of texts) {
        const held = await readUnmapped(bridge.dynamodb, bridge.table, text);
        if (held.length > 0) counted.push({ ...text, held });
      }
      return counted;
    });
    for (const { field, text, since, held } of holding) {
      print(
        `${field} ${JSON.stringify(printable(text))}, since ${since}: holds ${held.length} (order ${held[0]?.orderId}${held.length > 1 ? ' …' : ''})`,
      );
      print(`  npm run ops -- map-${field} ${JSON.stringify(printable(text))} <meaning>`);
    }
    if (holding.length === 0) print('No return is held for an unknown text.');
    return holding.length > 0 ? 1 : 0;
  },
};
