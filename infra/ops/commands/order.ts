import type { Command } from 'commander';
import { addExamples, CommandError, type Terminal } from '../../cli/command-line.ts';
import { withBridge } from '../aws/open-bridge.ts';
import { addPlaceOptions, type PlaceOptions } from '../aws/place.ts';
import { formatHistory } from '../order/format-history.ts';
import { readOrderHistory } from '../order/read-history.ts';

interface OrderOptions extends PlaceOptions {
  readonly personal?: true;
}

/** Prints everything that the table has about one order, and the reason for each decision about it. */
export function addOrder(bridge: Command, { print }: Terminal): void {
  const command = bridge
    .command('order')
    .argument('<order>', "Winkelstraat's order number")
    .summary("print an order's deliveries, facts and returns, with the reasons")
    .description(
      `Prints an order's webhook deliveries, its shipments and RMAs, and each return with its state and the reason
for it.
Exit code 1: the table does not have this order.`,
    )
    .option(
      '--personal',
      "also print names, addresses, track numbers, customers' own words and webhook bodies",
    );
  addExamples(command, 'npx bridge order 000000549 --stage prod', 'npx bridge order 000000549 --local');
  addPlaceOptions(command).action(async (orderId: string, options: OrderOptions) => {
    const now = Date.now();
    const history = await withBridge(options, 'dynamodb:Query', async ({ dynamodb, table }) => {
      const found = await readOrderHistory(dynamodb, table, orderId, now);
      if (!found) throw new CommandError(`There is no order ${orderId} in the table ${table}.`);
      return found;
    });
    const shown = { personal: options.personal === true, now: new Date(now).toISOString() };
    for (const line of formatHistory(history, shown)) print(line);
  });
}
