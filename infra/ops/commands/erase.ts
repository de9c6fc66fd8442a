import { createInterface } from 'node:readline/promises';
import { z } from 'zod';
import { CommandError, UsageError } from '../../cli/command-line.ts';
import { plural } from '../../cli/output.ts';
import { modeLine } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { hiddenMessages } from '../dlq/find-message-id.ts';
import { findRejectedAbout, visitMessages } from '../erase/about.ts';
import { erase } from '../erase/erase.ts';
import { countIn, type FoundOrder, findInOrder, ordersOf } from '../erase/find.ts';
import { counts, flag, list, number, text, texts } from '../result-fields.ts';

interface EraseOptions {
  readonly order?: string;
  readonly email?: string;
  readonly force?: true;
  readonly yes?: true;
}

const Erased = z.object({
  orders: list(
    {
      orderId: text("Winkelstraat's number of the order"),
      kinds: counts('how many items with personal data, by their kind'),
      deliveries: number('webhooks with a body, or with the reason of a dismissal'),
      others: number('labels and waiting events'),
      elsewhere: number('returns of other orders'),
      listings: z.array(z.number()).meta({ description: 'its listings at ItGoesForward' }),
    },
    'the orders of the person, and what the table has',
  ),
  rejected: texts('the ids of rejected deliveries'),
  messages: number('messages in DLQs'),
  open: texts('what is not over, in sentences'),
  unseen: number('messages of DLQs that were hidden and not looked at'),
  by: text('who erased it'),
  erased: flag('false with --dry-run'),
});
type Erased = z.infer<typeof Erased>;

export const eraseCommand = bridgeCommand<EraseOptions, typeof Erased>({
  name: 'erase',
  summary: 'erase the personal data of an order or a person',
  description: `Erases names, addresses, e-mail addresses, phone numbers, track numbers, customers' own words and
    bodies of webhooks: in the table, in the quarantine and in the DLQs. The ids, states, times and amounts of an order
    stay, with a line that says who erased when. It prints what it found, and asks before it erases. Run it again after
    an interruption: it finishes.`,
  exit1: 'nothing was found, or something is not over yet',
  examples: [
    'npx bridge erase --order 000000549 --stage prod --dry-run',
    'npx bridge erase --email a@example.org --yes',
  ],
  result: Erased,
  parameters: (command) =>
    command
      .option('--order <order>', "Winkelstraat's order number")
      .option('--email <address>', 'every order with this e-mail address')
      .option('--force', 'also when a return is not over, or a delivery is parked or rejected')
      .option('--yes', 'do not ask; with --json nobody is asked, so it is needed'),
  by: 'who erases it',
  dryRun: 'print what would be erased, and change nothing',
  check({ order, email }) {
    if ((order === undefined) === (email === undefined)) throw new UsageError('Give --order or --email.');
  },
  async run({ bridge, options, isPreview, isJson, print }) {
    const { order, email, force, yes } = options;
    const by = await bridge.caller();
    const orders: FoundOrder[] = [];
    for (const id of order === undefined ? await ordersOf(email ?? '', bridge) : [order]) {
      orders.push(await findInOrder(id, bridge));
    }
    const subject = { orders, email };
    const all = await findRejectedAbout(subject, bridge);
    const rejected = all.map(({ id }) => id);
    const unresolved = all.filter(({ resolution }) => !resolution).length;
    const { messages, unseen } = await visitMessages(bridge, subject, 'keep');
    const open = [
      ...orders.flatMap((one) => one.open),
      ...(unresolved > 0 ? ['A rejected delivery is not resolved: replay or dismiss it first.'] : []),
      ...(messages > 0 ? ['A message is in a DLQ: redrive or dismiss it first.'] : []),
    ];
    const found: Erased = {
      ...{ orders: orders.map(summaryOf), rejected, messages, open, unseen, by, erased: false },
    };
    if (orders.reduce((sum, one) => sum + countIn(one), rejected.length + messages) === 0) {
      throw new CommandError('No personal data was found.');
    }
    if (orders.some(({ isCalling }) => isCalling)) {
      throw new CommandError('A call to ItGoesForward is not answered yet: try again in ten minutes.');
    }
    if (!force && !isPreview && open.length > 0) {
      throw new CommandError(
        `Nothing was erased, because something is not over: ${open.join(' ')} ` +
          'A buyer or a refund may depend on it. --force erases all the same.',
      );
    }
    if (isPreview) return { result: found };
    if (!yes) {
      if (isJson || !process.stdin.isTTY) throw new UsageError('Nobody can be asked here: add --yes.');
      print(modeLine(bridge), ...formatFound(found));
      if (!(await isConfirmed())) throw new CommandError('Nothing was erased.');
    }
    const left = await erase(bridge, subject, rejected, by);
    return {
      result: { ...found, unseen: left.unseen, erased: true },
      exitCode: left.unseen > 0 ? 1 : 0,
    };
  },
  format(result, { bridge, options, isPreview }) {
    const { orders, by, erased } = result;
    const listings = orders.flatMap((one) => one.listings);
    return [
      ...(isPreview || options.yes ? [modeLine(bridge), ...formatFound(result)] : []),
      ...(erased
        ? [
            `Erased, by ${by}. Backups of the table keep it for 35 more days.`,
            'A message that waits in a queue brings its data back: run the same command again after a day.',
          ]
        : ['Nothing was changed.']),
      ...(erased && listings.length > 0
        ? [
            `Ask ItGoesForward to erase the customer of listing ${listings.join(', ')}: the bridge has sent it there.`,
          ]
        : []),
    ];
  },
});

/** Keys of labels are left out: they are track numbers. */
const summaryOf = (found: FoundOrder): Erased['orders'][number] => ({
  orderId: found.orderId,
  kinds: Object.fromEntries(
    [...Map.groupBy(found.entities, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]),
  ),
  deliveries: found.events.length,
  others: found.others.length + found.pointers.length,
  elsewhere: found.elsewhere.length,
  listings: found.listings,
});

const formatFound = ({ orders, rejected, messages, open, unseen }: Erased): string[] => [
  ...orders.flatMap(({ orderId, kinds, deliveries, others, elsewhere }) => {
    const items = Object.values(kinds).reduce((sum, own) => sum + own, deliveries + others + elsewhere);
    return [
      `Order ${orderId}: ${plural(items, 'item')} with personal data`,
      ...Object.entries(kinds).map(([kind, own]) => `  ${kind}: ${own}`),
      `  deliveries: ${deliveries}`,
      `  labels and waiting events: ${others}`,
      `  returns of other orders: ${elsewhere}`,
    ];
  }),
  `Rejected deliveries: ${rejected.join(', ') || 'none'}`,
  `Messages in DLQs: ${messages}`,
  ...open.map((sentence) => `not over: ${sentence}`),
  ...(unseen > 0 ? [hiddenMessages(unseen)] : []),
];

async function isConfirmed(): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl-C and Ctrl-D are no confirmation.
  const answer = await asking.question('This cannot be undone. Type "erase" to go on: ').catch(() => '');
  asking.close();
  return answer.trim() === 'erase';
}
