import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { deliveryMessage } from '../../../lib/ingest/delivery.ts';
import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';
import { resolveRejection } from '../../../lib/quarantine/store-rejection.ts';
import type { Sender } from '../../../lib/webhooks/catalogue.ts';
import type { Fault } from '../../../lib/webhooks/json-limits.ts';
import { readDelivery } from '../../../lib/worker/process.ts';
import { printable } from '../../cli/printable.ts';
import { shortLength } from '../../cli/short-ids.ts';
import { type OpenBridge, placeDetails, placeOptions, withBridge } from '../aws/open-bridge.ts';
import { type Command, type CommandInput, UsageError } from '../command.ts';
import { foresee } from '../preview/foresee.ts';
import { foresightOf } from '../preview/foresight.ts';
import { foretellAll } from '../preview/foretold.ts';
import { faultLine, find, type OpenQuarantine, openQuarantine, readToday } from './quarantine.ts';

const needs = 'dynamodb:GetItem, PutItem and Query (table and index work), sqs:SendMessage';

/** Validates rejected deliveries by today's schema, and has those that pass worked on as if they had come now. */
export const rejectedReplay: Command = {
  name: 'rejected replay',
  positionals: ['[id…]'],
  options: {
    all: { type: 'boolean', about: 'everything that waits, in place of ids' },
    preview: { type: 'boolean', about: 'only tell which would pass, and what would follow for their orders' },
    'x-version': { type: 'string', about: 'the version of those that came without the header x-version' },
    ...placeOptions,
  },
  summary: 'validates rejected deliveries again, and puts those that pass on their queue',
  details: `Deploy the corrected schema first: the worker reads by the deployed one. What passes is put on its sender's
queue as if it had come now, under the same event id, and leaves the list; what still fails stays. What it tells counts
from when it first came: something newer that came meanwhile stays. Replaying twice does nothing twice. Exit code 0:
everything passed, 1: something still fails.

${placeDetails}`,
  async run(input, print) {
    const { all, preview } = input.options;
    if ((all === true) === input.positionals.length > 0) {
      throw new UsageError('rejected replay needs ids, or --all (npm run ops -- rejected lists what waits).');
    }
    const { declinedShipments, failed } = await withBridge(input, needs, async (bridge) => {
      const quarantine = await openQuarantine(bridge);
      return replayEach(await chosen(input, quarantine), { bridge, quarantine, input, print });
    });
    const done = preview === true ? 'would be replayed. Nothing was changed' : 'replayed';
    print(
      declinedShipments + failed === 0
        ? 'Nothing waits.'
        : `${declinedShipments} ${done}, ${failed} still failing.`,
    );
    return failed > 0 ? 1 : 0;
  },
};

/** What is to be replayed, as the table has it now, each once. */
async function chosen(
  { positionals, options }: CommandInput,
  quarantine: OpenQuarantine,
): Promise<RejectedDelivery[]> {
  const ids = options.all === true ? quarantine.waiting.map(({ id }) => id) : positionals;
  const found = new Map<string, RejectedDelivery>();
  for (const id of ids) {
    const delivery = await find(id, quarantine);
    // The index may still show one that was resolved a moment ago. An id that is named is replayed all the same.
    if (options.all !== true || !delivery.resolution) found.set(delivery.id, delivery);
  }
  return [...found.values()].sort((one, other) => (one.firstSeen < other.firstSeen ? -1 : 1));
}

interface Replaying {
  bridge: OpenBridge;
  quarantine: OpenQuarantine;
  input: CommandInput;
  print: (line: string) => void;
}

async function replayEach(
  deliveries: readonly RejectedDelivery[],
  replaying: Replaying,
): Promise<{ declinedShipments: number; failed: number }> {
  const { print, quarantine } = replaying;
  const length = shortLength([...quarantine.waiting, ...deliveries].map(({ id }) => id));
  let declinedShipments = 0;
  for (const [index, delivery] of deliveries.entries()) {
    const label = `${index + 1}/${deliveries.length}  ${delivery.id.slice(0, length)}  ${printable(delivery.webhook)}`;
    const errors = await replayOne(delivery, label, replaying);
    if (errors) print(`${label}  still fails: ${faultLine(errors, 100)}`);
    else declinedShipments += 1;
  }
  return { declinedShipments, failed: deliveries.length - declinedShipments };
}

/** @returns what is still wrong with it, if anything */
async function replayOne(
  delivery: RejectedDelivery,
  label: string,
  { bridge, quarantine, input, print }: Replaying,
): Promise<readonly Fault[] | undefined> {
  const given = input.options['x-version'];
  const version = delivery.version.trim() || (typeof given === 'string' ? given : '');
  const result = await readToday({ ...delivery, version });
  if ('errors' in result) return result.errors;

  const now = Date.now();
  const { accepted, webhook, sender } = result;
  const { id, correlationId, firstSeen } = delivery;
  // What it tells is as old as it is: a newer fact, that came meanwhile, stays the newer one.
  const toldAt = Date.parse(firstSeen);
  const { message } = deliveryMessage(webhook, accepted, { id, correlationId, now: toldAt });
  if (input.options.preview === true) {
    print(`${label}  would pass`);
    for (const line of await foretold(message.body, sender, bridge, now))
      print(`  ${line.startsWith(' ') ? '  ' : ''}${printable(line)}`);
    return undefined;
  }
  await bridge.sqs.send(
    new SendMessageCommand({
      QueueUrl: bridge.queueUrl(sender.name),
      MessageBody: message.body,
      MessageGroupId: message.groupId,
    }),
  );
  // On the queue first: whoever dies in between replays it again, which does nothing twice.
  await resolveRejection(id, { as: 'replayed', at: new Date(now).toISOString() }, quarantine.items);
  print(`${label}  replayed`);
  return undefined;
}

/** What would follow for the orders that a message concerns. */
async function foretold(body: string, sender: Sender, bridge: OpenBridge, now: number): Promise<string[]> {
  const read = readDelivery(body, sender);
  if (!('envelope' in read)) return [`no call: ${read.reason}`];
  return foretellAll(await foresee(read, foresightOf(bridge), new Date(now).toISOString()));
}
