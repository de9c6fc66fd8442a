import { isoTime } from '../../../lib/runtime/time.ts';
import { CommandError } from '../../cli/command-line.ts';
import { bridgeCommand } from '../command.ts';
import { formatHistory } from '../order/format-history.ts';
import { readOrderHistory } from '../order/read-history.ts';

export const orderCommand = bridgeCommand<{ readonly personal?: true }>({
  name: 'order',
  summary: "print an order's deliveries, facts and returns, with the reasons",
  description: `Prints an order's webhook deliveries, its shipments and RMAs, and each return with its state
    and the reason for it.`,
  exit1: 'the table does not have this order',
  examples: ['npx bridge order 000000549 --stage prod', 'npx bridge order 000000549 --local'],
  parameters: (command) =>
    command
      .argument('<order>', "Winkelstraat's order number")
      .option(
        '--personal',
        "also print names, addresses, track numbers, customers' own words and webhook bodies",
      ),
  async run({ bridge, options: { personal = false }, print }, orderId: string) {
    const now = isoTime(bridge.now());
    const history = await readOrderHistory(bridge, orderId, now);
    if (!history) throw new CommandError(`There is no order ${orderId} in the table ${bridge.table}.`);
    print(...formatHistory(history, { personal, now, stage: bridge.stage.name }));
  },
});
