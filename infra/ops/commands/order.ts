import type { z } from 'zod';
import { isoTime } from '../../../lib/runtime/time.ts';
import { CommandError } from '../../cli/command-line.ts';
import { bridgeCommand } from '../command.ts';
import { formatHistory, type HistoryOptions } from '../order/format-history.ts';
import { History, toHistory } from '../order/history-json.ts';
import { type OrderHistory, readOrderHistory } from '../order/read-history.ts';

type Shown = z.infer<typeof History> & HistoryOptions & { readonly history: OrderHistory };

export const orderCommand = bridgeCommand<{ readonly personal?: true }, typeof History, Shown>({
  name: 'order',
  summary: "print an order's history: deliveries, decisions, attempts, and who did what",
  description: `Prints an order's webhook deliveries with their attempts and ItGoesForward's answers, its shipments and
    RMAs. Each return has its state, its decisions over time and the reason for the last one. Also prints what
    operators did, and who.`,
  exit1: 'the table does not have this order',
  examples: ['npx bridge order 000000549 --stage prod', 'npx bridge order 000000549 --local'],
  result: History,
  parameters: (command) =>
    command
      .argument('<order>', "Winkelstraat's order number")
      .option(
        '--personal',
        "also print names, addresses, track numbers, customers' own words and webhook bodies",
      ),
  async run({ bridge, options: { personal = false } }, orderId: string) {
    const history = await readOrderHistory(bridge, orderId);
    if (!history) throw new CommandError(`There is no order ${orderId} in the table ${bridge.table}.`);
    const shown = { history, personal, now: isoTime(bridge.now()), stage: bridge.stage.name };
    return { result: { ...toHistory(history, shown), ...shown } };
  },
  format: ({ history, ...options }) => formatHistory(history, options),
});
