import { placeDetails, placeOptions, withBridge } from '../aws/open-bridge.ts';
import { type Command, CommandError } from '../command.ts';
import { printHistory } from './tell.ts';
import { readOrderHistory } from './whole-story.ts';

/** Prints what is known of one order, and why what was decided about it. */
export const order: Command = {
  name: 'story',
  positionals: ['<order>'],
  options: {
    personal: {
      type: 'boolean',
      about: "show names, addresses, track numbers, customers' own words and payloads too",
    },
    ...placeOptions,
  },
  summary: "tells an order's whole story: deliveries, facts, and each return with its reasons",
  details: `For example: npm run ops -- story 000000549 --stage prod
The order is Winkelstraat's number of it. Exit code 1: the table holds nothing of such an order.

${placeDetails}`,
  async run(input, print) {
    const [orderId = ''] = input.positionals;
    const now = Date.now();
    const { found, table } = await withBridge(input, 'dynamodb:Query', async (bridge) => ({
      found: await readOrderHistory(bridge.dynamodb, bridge.table, orderId, now),
      table: bridge.table,
    }));
    if (!found) throw new CommandError(`There is no order ${orderId} in the table ${table}.`);
    const options = { personal: input.options.personal === true, now: new Date(now).toISOString() };
    for (const line of printHistory(found, options)) print(line);
    return 0;
  },
};
