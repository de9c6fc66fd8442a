import { z } from 'zod';
import { said } from '../../cli/command-line.ts';
import { plural } from '../../cli/output.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { type Found, find, kinds } from '../find/find.ts';
import { countingItems } from '../find/scan.ts';
import { list, maybe, number, oneOfThese, text } from '../result-fields.ts';

/** So many places are printed. */
const mostPrinted = 30;

const place = {
  kind: oneOfThese(kinds, 'message: an event of ItGoesForward that waits for its return'),
  id: text('of the order, the return (RMA and item) or the event'),
  orderId: maybe("Winkelstraat's number of the order"),
  as: text('as what it stands there, such as sku'),
  command: maybe('what to type next'),
};
const Places = z.object({ total: number('how many places were found'), found: list(place, 'the places') });

export const findCommand = bridgeCommand<object, typeof Places>({
  name: 'find',
  summary: 'find where a number, an id or an e-mail address stands',
  description: `Finds an order, RMA, return, PO, sku, shipment, listing, order at ItGoesForward, track number,
    correlation id, event id (its first characters are enough) or e-mail address. It says in which order,
    return, delivery or rejected webhook it stands, and prints neither e-mail addresses nor track numbers. It reads the
    whole table, except for an e-mail address.`,
  exit1: 'nothing was found',
  examples: ['npx bridge find 000000093 --stage prod', 'npx bridge find wsnl199', 'npx bridge find 1f0c77a2'],
  result: Places,
  parameters: (command) => command.argument('<anything>', 'what to look for', said),
  async run({ bridge }, typed: string) {
    const places = await countingItems((progress) => find(typed, bridge, progress));
    const found = places.map((place) => ({ ...place, command: commandOf(place, bridge) }));
    return { result: { total: found.length, found }, exitCode: found.length > 0 ? 0 : 1 };
  },
  format({ found, total }) {
    const lines = found.slice(0, mostPrinted).flatMap(({ kind, id, orderId, as, command }) => {
      const of = orderId === null || kind === 'order' ? '' : ` of order ${orderId}`;
      return [`${kind} ${id}${of}  (${as})`, ...(command === null ? [] : [`  ${command}`])];
    });
    if (total === 0) return ['Nothing was found.'];
    const more = total > mostPrinted ? `, ${total - mostPrinted} more with --json` : '';
    return [...lines, `${plural(total, 'place')}${more}.`];
  },
});

function commandOf({ kind, id, orderId }: Found, { command }: OpenBridge): string | null {
  if (kind === 'rejected') return command('rejected', 'show', id);
  return orderId === null ? null : command('order', orderId);
}
