import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { CommandError, UsageError } from '../../cli/command-line.ts';
import { plural } from '../../cli/output.ts';
import { modeLine } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { hiddenMessages } from '../dlq/find-message-id.ts';
import { findRejectedAbout, visitMessages } from '../erase/about.ts';
import { erase } from '../erase/erase.ts';
import { type FoundOrder, findInOrder, ordersOf } from '../erase/find.ts';

interface EraseOptions {
  readonly order?: string;
  readonly email?: string;
  readonly force?: true;
  readonly yes?: true;
  readonly by?: string;
}

export const eraseCommand = bridgeCommand<EraseOptions>({
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
  parameters: (command) =>
    command
      .option('--order <order>', "Winkelstraat's order number")
      .option('--email <address>', 'every order with this e-mail address')
      .option('--force', 'also when a return is not over, or a delivery is parked or rejected')
      .option('--yes', 'do not ask')
      .option('--by <name>', 'who erases it; default: your user name on this machine'),
  dryRun: 'print what would be erased, and change nothing',
  check({ order, email }) {
    if ((order === undefined) === (email === undefined)) throw new UsageError('Give --order or --email.');
  },
  async run({ bridge, options, isPreview, print }) {
    const { order, email, force, yes, by = userInfo().username } = options;
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
      ...(unresolved > 0
        ? ['A rejected delivery is not resolved. Replay it: npx bridge rejected replay.']
        : []),
      ...(messages > 0 ? ['A message is in a DLQ. Redrive it: npx bridge parked redrive.'] : []),
    ];
    print(
      modeLine(bridge),
      ...orders.flatMap(formatOrder),
      `Rejected deliveries: ${rejected.join(', ') || 'none'}`,
      `Messages in DLQs: ${messages}`,
      ...open.map((sentence) => `not over: ${sentence}`),
      ...(unseen > 0 ? [hiddenMessages(unseen)] : []),
    );
    const found = orders.reduce((sum, one) => sum + countIn(one), rejected.length + messages);
    if (found === 0) throw new CommandError('No personal data was found.');
    if (orders.some(({ isCalling }) => isCalling)) {
      throw new CommandError('A call to ItGoesForward is not answered yet: try again in ten minutes.');
    }
    if (!force && open.length > 0) {
      throw new CommandError(
        'Nothing was erased, because something is not over: a buyer or a refund may depend on it. --force erases all the same.',
      );
    }
    if (isPreview) return print('Nothing was changed.');
    if (!yes && !(await isConfirmed())) throw new CommandError('Nothing was erased.');
    const left = await erase(bridge, subject, rejected, by);
    const listings = orders.flatMap((one) => one.listings);
    print(
      `Erased, by ${by}. Backups of the table keep it for 35 more days.`,
      'A message that waits in a queue brings its data back: run the same command again after a day.',
      ...(listings.length > 0
        ? [
            `Ask ItGoesForward to erase the customer of listing ${listings.join(', ')}: the bridge has sent it there.`,
          ]
        : []),
    );
    return left.unseen > 0 ? 1 : 0;
  },
});

const countIn = ({ entities, events, others, elsewhere }: FoundOrder): number =>
  entities.length + events.length + others.length + elsewhere.length;

/** Keys of labels are left out: they are track numbers. */
function formatOrder(found: FoundOrder): string[] {
  const { orderId, entities, events, others, elsewhere } = found;
  const kinds = Map.groupBy(entities, ({ kind }) => kind);
  return [
    `Order ${orderId}: ${plural(countIn(found), 'item')} with personal data`,
    ...[...kinds].map(([kind, all]) => `  ${kind}: ${all.length}`),
    `  deliveries: ${events.length}`,
    `  labels and waiting events: ${others.length}`,
    `  returns of other orders: ${elsewhere.length}`,
  ];
}

async function isConfirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UsageError('Nobody can be asked here: add --yes.');
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await asking.question('This cannot be undone. Type "erase" to go on: ');
  asking.close();
  return answer.trim() === 'erase';
}
