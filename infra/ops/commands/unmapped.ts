import type { Command } from 'commander';
import { unmappedTerms } from '../../../lib/table/unmapped-terms.ts';
import { addExamples, type Terminal } from '../../cli/command-line.ts';
import { formatTime, plural, printable, shellCommand } from '../../cli/output.ts';
import { withBridge } from '../aws/open-bridge.ts';
import { addPlaceOptions, type PlaceOptions } from '../aws/place.ts';
import { readUnmapped } from '../vocabulary/read-unmapped.ts';

/** Lists the texts without a mapping, and the returns that wait for one. */
export function addUnmapped(bridge: Command, terminal: Terminal): void {
  const command = bridge
    .command('unmapped')
    .summary('list the unknown texts, and how many returns wait for each')
    .description(
      `Lists the texts of a reason, condition, resolution or status that the bridge does not know, and how many returns
wait for a mapping. The texts are Winkelstraat's and its customers' own words.
Exit code 1: returns wait.`,
    );
  addExamples(command, 'npx bridge unmapped', 'npx bridge unmapped --local');
  addPlaceOptions(command).action(async (options: PlaceOptions) => {
    const calls = 'dynamodb:Query (table and index tasks)';
    const lines = await withBridge(options, calls, async ({ dynamodb, table }) => {
      const formatted: string[] = [];
      for (const term of await unmappedTerms(dynamodb, table).readUnmappedTerms()) {
        const waiting = await readUnmapped(dynamodb, table, term);
        if (waiting.length === 0) continue;
        const orders = `order ${waiting[0]?.orderId}${waiting.length > 1 ? ' and others' : ''}`;
        formatted.push(
          `${term.field} ${JSON.stringify(term.text)}: ${plural(waiting.length, 'return')} waiting (${orders}), since ${formatTime(term.since)}`,
          `  ${shellCommand('npx', 'bridge', `map-${term.field}`, printable(term.text))} <meaning>`,
        );
      }
      return formatted;
    });
    for (const line of lines) terminal.print(line);
    if (lines.length > 0) terminal.exitCode = 1;
    else terminal.print('No return waits for a mapping.');
  });
}
